// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static halfsecond.monitor.judge.Evidences.BEGAN;
import static halfsecond.monitor.judge.Evidences.KITE;
import static halfsecond.monitor.judge.Evidences.NOVA;
import static halfsecond.monitor.judge.Evidences.evidence;
import static halfsecond.monitor.judge.Evidences.nulls;
import static halfsecond.monitor.judge.Evidences.split;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.Alarm.Evidence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AlarmTest {
  private static final Evidence CUT = evidence("vad.leading_silence", NOVA, -3);

  @Test
  void nullTranscriptsAreThoseOfWhomTheCauseConcerns() {
    Evidence ofKite = nulls(KITE, 0.1, split(0.02, 0.06));
    Evidence ofNova = nulls(NOVA, 0.06, split(0.03, 0.01));

    assertThat(alarm(ofKite, CUT, ofNova).nullTranscripts()).contains(ofNova);
  }

  @Test
  void elseThoseThatMovedMost() {
    Evidence ofAll = nulls(null, 0.03, split(0.01, 0));
    Evidence ofKite = nulls(KITE, 0.1, split(0.02, 0.06));

    assertThat(alarm(ofAll, CUT, ofKite).nullTranscripts()).contains(ofKite);
  }

  @Test
  void ofARiseOfTheirOwnTheyAreTheCause() {
    Evidence ofAll = nulls(null, 0.03, split(0.01, 0));

    Alarm alarm = alarm(ofAll);

    assertThat(alarm.cause()).contains(ofAll);
    assertThat(alarm.nullTranscripts()).contains(ofAll);
  }

  @Test
  void withoutASplitThereAreNone() {
    assertThat(alarm(CUT, nulls(NOVA, 0.06, null)).nullTranscripts()).isEmpty();
    assertThat(alarm().nullTranscripts()).isEmpty();
  }

  private static Alarm alarm(Evidence... evidence) {
    return new Alarm(
        "a",
        Alarm.Kind.QUALITY,
        BEGAN,
        BEGAN,
        Optional.of(BEGAN),
        Optional.empty(),
        List.of(evidence),
        Optional.empty());
  }
}
