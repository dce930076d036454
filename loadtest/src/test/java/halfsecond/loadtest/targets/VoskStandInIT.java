// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.WordErrorRate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in for vosk-server: a process of its own over the real engine. */
final class VoskStandInIT {
  @Test
  void recognizesClipsThatAreSpokenAtTheSameTime() throws Exception {
    List<Clip> clips = RecordedSpeech.clips().subList(0, 6);
    TargetOptions options = TargetOptions.defaults();
    ProcessHandle process;
    try (OpenTarget open =
        TargetRegistry.open("vosk-standin", options, new NoServers(TestModels.prepared()))) {
      process =
          ProcessHandle.of(Objects.requireNonNull(open.processes().get().get("vosk-standin")))
              .orElseThrow();
      List<Heard> heard = new ArrayList<>();
      List<QueryStream> queries = new ArrayList<>();
      for (int i = 0; i < clips.size(); i++) {
        heard.add(new Heard());
        queries.add(open.target().open(heard.get(i)));
      }
      for (int i = 0; i < clips.size(); i++) {
        byte[] audio = clips.get(i).bytes();
        // The last message is longer than a block of the engine's.
        for (int at = 0; at < audio.length; at += 12_800) {
          int length = Math.min(12_800, audio.length - at);
          queries.get(i).audio(ByteString.copyFrom(audio, at, length));
        }
        queries.get(i).finish();
      }

      WordErrorRate errors = WordErrorRate.NONE;
      for (int i = 0; i < clips.size(); i++) {
        assertThat(heard.get(i).end()).isEqualTo("closed");
        assertThat(heard.get(i).partials).isNotEmpty();
        errors =
            errors.plus(
                WordErrorRate.of(clips.get(i).transcript(), heard.get(i).answers.get(0).text()));
      }
      assertThat(errors.rate()).as(errors.toString()).isLessThan(0.25);
      assertThat(open.target().facts().get("what"))
          .contains("stand-in for vosk-server (Java, same protocol and engine calls)")
          .contains("en-small@0");
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void saysWhenTheModelIsNotThere(@TempDir Path empty) {
    assertThatThrownBy(
            () ->
                TargetRegistry.open("vosk-standin", TargetOptions.defaults(), new NoServers(empty)))
        .hasMessageContaining("en-small@0")
        .hasMessageContaining("halfsecond model prepare");
    assertThatThrownBy(() -> StandInProcess.start(empty)).hasMessageContaining("did not start");
  }
}
