// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Linux says about a process in {@code /proc} (proc(5)); elsewhere nothing. */
final class ProcFiles {
  /** The kernel's clock ticks of user interfaces: 100 a second on every Linux since 2.6. */
  private static final double TICKS = 100;

  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;

  private final Path root;

  ProcFiles(Path root) {
    this.root = root;
  }

  /** What it took so far. */
  record Use(double cpuSeconds, long residentBytes) {}

  /** Empty when there is no such process, or no /proc. */
  Optional<Use> read(long pid) {
    Path process = root.resolve(Long.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"));
      // The name in parentheses may hold anything, spaces included; the third field follows it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks =
          Double.parseDouble(fields[USER_TIME]) + Double.parseDouble(fields[SYSTEM_TIME]);
      return Optional.of(new Use(ticks / TICKS, resident(process)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long resident(Path process) throws IOException {
    List<String> status = Files.readAllLines(process.resolve("status"));
    for (String line : status) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
