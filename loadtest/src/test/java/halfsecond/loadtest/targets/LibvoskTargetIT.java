// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.WordErrorRate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine in this process. */
final class LibvoskTargetIT {
  private static TargetOptions options(boolean partials, String version) {
    return new TargetOptions(
        Optional.empty(),
        1,
        Optional.of(partials),
        TargetOptions.Urgency.LIVE,
        Optional.of(version),
        Duration.ofMillis(100),
        Map.of());
  }

  @Test
  void recognizesClipsThatAreSpokenAtTheSameTime() throws Exception {
    List<Clip> clips = RecordedSpeech.clips();
    try (LibvoskTarget target =
        LibvoskTarget.load(TestModels.prepared(), options(false, "en-small@1"))) {
      List<Heard> heard = new ArrayList<>();
      List<QueryStream> queries = new ArrayList<>();
      for (int i = 0; i < clips.size(); i++) {
        heard.add(new Heard());
        queries.add(target.open(heard.get(i)));
      }
      // Interleaved as a driver does it, in chunks that are no divisor of a block.
      for (int at = 0; at < 40 * 16_000 * 2; at += 1_280) {
        for (int i = 0; i < clips.size(); i++) {
          send(queries.get(i), clips.get(i).bytes(), at, 1_280);
        }
      }
      queries.forEach(QueryStream::finish);

      WordErrorRate errors = WordErrorRate.NONE;
      for (int i = 0; i < clips.size(); i++) {
        assertThat(heard.get(i).end()).isEqualTo("closed");
        assertThat(heard.get(i).partials).isEmpty();
        assertThat(heard.get(i).answers).hasSize(1);
        errors =
            errors.plus(
                WordErrorRate.of(clips.get(i).transcript(), heard.get(i).answers.get(0).text()));
      }
      assertThat(errors.rate()).as(errors.toString()).isLessThan(0.2);
      assertThat(target.facts())
          .containsEntry("model", "en-small@1")
          .containsEntry("graph", "static");
      assertThat(target.serverFindsEnd()).isFalse();
    }
  }

  @Test
  void tellsPartialsWhenAskedFor() throws Exception {
    Clip clip = RecordedSpeech.sentences().get(1);
    try (LibvoskTarget target =
        LibvoskTarget.load(TestModels.prepared(), options(true, "en-small@1"))) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(ByteString.copyFrom(clip.bytes()));
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.partials).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @Test
  void answersAQueryWithoutAudioAndGivesUpWhatIsOpenAtTheEnd() throws Exception {
    Heard open = new Heard();
    try (LibvoskTarget target =
        LibvoskTarget.load(TestModels.prepared(), options(false, "en-small@1"))) {
      Heard empty = new Heard();
      target.open(empty).finish();
      assertThat(empty.end()).isEqualTo("closed");
      assertThat(empty.answers).extracting(FinalAnswer::text).containsExactly("");

      target.open(open).audio(ByteString.copyFrom(new byte[32_000]));
    }
    assertThat(open.ends).isEmpty();
  }

  @Test
  void saysWhatToRunWithoutAModel(@TempDir Path empty) {
    assertThatThrownBy(() -> LibvoskTarget.load(empty, TargetOptions.defaults()))
        .hasMessageContaining("halfsecond model prepare");
  }

  private static void send(QueryStream query, byte[] audio, int from, int length) {
    if (from < audio.length) {
      query.audio(ByteString.copyFrom(audio, from, Math.min(length, audio.length - from)));
    }
  }
}
