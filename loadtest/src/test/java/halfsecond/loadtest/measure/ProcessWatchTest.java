// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.result.RunResult.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessWatchTest {
  @TempDir private Path proc;
  private final Map<String, Long> running = new HashMap<>();

  @Test
  void countsOnlyWhatIsTakenDuringTheRun() throws IOException {
    running.put("asr-0", 11L);
    process(11, 100, 50, 1_000);
    ProcessWatch watch = new ProcessWatch(() -> running, new ProcFiles(proc));

    process(11, 150, 100, 3_000);
    watch.sample();
    process(11, 150, 100, 2_000);
    watch.sample();

    assertThat(watch.use()).containsExactly(new ProcessUse("asr-0", 1.0, 3_000 * 1024));
  }

  @Test
  void addsUpAServiceThatIsStartedAgain() throws IOException {
    running.put("asr-0", 11L);
    process(11, 0, 0, 1_000);
    ProcessWatch watch = new ProcessWatch(() -> running, new ProcFiles(proc));
    process(11, 200, 0, 1_000);
    watch.sample();

    running.put("asr-0", 12L);
    process(12, 100, 0, 500);
    watch.sample();

    assertThat(watch.use()).containsExactly(new ProcessUse("asr-0", 3.0, 1_000 * 1024));
  }

  @Test
  void saysNothingWhereThereIsNoProc() {
    running.put("asr-0", 11L);

    assertThat(new ProcessWatch(() -> running, new ProcFiles(proc)).use()).isEmpty();
  }

  private void process(long pid, int user, int system, int residentKilobytes) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        pid + " (java) (x) S 1 2 3 4 5 6 7 8 9 10 " + user + " " + system + " 0 0 20 0 1 0 5\n");
    Files.writeString(
        folder.resolve("status"), "Name:\tjava\nVmRSS:\t  " + residentKilobytes + " kB\n");
  }
}
