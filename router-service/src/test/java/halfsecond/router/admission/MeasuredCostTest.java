// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.admission.Admission.Admitted;
import halfsecond.router.backend.Capacity;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.utterance.TrafficClass;
import halfsecond.testing.FakeTicker;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two cores, of which 0.8 may be used; an utterance costs a tenth of a core at first. */
final class MeasuredCostTest {
  private static final String VERSION = "en-small@1";
  private final FakeTicker ticker = new FakeTicker();
  private final UsualCosts costs = new UsualCosts();
  private double random = 0.5;
  private Capacity capacity = reported(0, 0);

  private final MeasuredCost admission =
      new MeasuredCost(
          () -> capacity,
          costs,
          new MeasuredCost.Settings(0.8, 0.5, Duration.ofMillis(300)),
          new AdmissionMetrics(OpenTelemetry.noop().getMeter("test")),
          ticker,
          () -> random);

  private Capacity reported(double coresUsed, long backlogMillis) {
    return new Capacity(coresUsed, 2, Duration.ofMillis(backlogMillis), ticker.nanos());
  }

  private Admitted live() {
    return admission.utterance(TrafficClass.LIVE, VERSION);
  }

  private SpeechException refused(TrafficClass traffic) {
    SpeechException refusal =
        catchThrowableOfType(SpeechException.class, () -> admission.utterance(traffic, VERSION));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.SATURATED);
    return refusal;
  }

  /** Takes places until one is refused. */
  private List<Admitted> fill(TrafficClass traffic) {
    List<Admitted> places = new ArrayList<>();
    try {
      while (places.size() < 1_000) {
        places.add(admission.utterance(traffic, VERSION));
      }
    } catch (SpeechException e) {
      assertThat(e.reason()).isEqualTo(Reason.SATURATED);
    }
    return places;
  }

  @Test
  void admitsUpToItsPartOfTheCores() {
    capacity = reported(0.8, 0);

    // 0.8 reported and 8 tenths make 1.6.
    assertThat(fill(TrafficClass.LIVE)).hasSizeBetween(7, 8);
    assertThat(admission.utilization()).isBetween(0.75, 0.8 + 1e-9);
  }

  @Test
  void refusesBatchFirst() {
    Admitted somebody = live();
    assertThat(fill(TrafficClass.BATCH)).hasSizeBetween(8, 9);
    refused(TrafficClass.BATCH);

    assertThat(fill(TrafficClass.LIVE)).hasSizeBetween(5, 7);
    somebody.close();
  }

  @Test
  void admitsAllBatchWhileNobodyIsLive() {
    Admitted somebody = live();
    capacity = reported(1.9, 5_000);
    refused(TrafficClass.BATCH);
    somebody.close();
    somebody.close();

    assertThat(fill(TrafficClass.BATCH)).hasSize(1_000);
    refused(TrafficClass.LIVE);
  }

  @Test
  void givesAPlaceBackOnce() {
    List<Admitted> places = fill(TrafficClass.LIVE);
    places.get(0).close();
    places.get(0).close();

    Admitted unused = live();
    refused(TrafficClass.LIVE);
  }

  @Test
  void countsAnAdmissionUntilAReportHasIt() {
    int first = fill(TrafficClass.LIVE).size();

    ticker.advance(Duration.ofMillis(20));
    capacity = reported(0, 0);
    refused(TrafficClass.LIVE);

    ticker.advance(Duration.ofMillis(100));
    // They cost half of what is usual.
    capacity = reported(first * 0.05, 0);
    assertThat(fill(TrafficClass.LIVE)).hasSizeBetween(first / 2 - 1, first / 2 + 1);
  }

  @Test
  void learnsWhatAnUtteranceCosts() {
    for (int i = 0; i < 200; i++) {
      costs.finished(VERSION, 0.02, Duration.ofSeconds(3));
    }

    assertThat(fill(TrafficClass.LIVE)).hasSizeBetween(78, 80);
    assertThat(costs.of("other@1")).isEqualTo(0.1);
  }

  @Test
  void reservesForSessionsThatAreAboutToSpeak() {
    capacity = reported(1.35, 0);
    Admitted one = admission.session(TrafficClass.LIVE);
    Admitted two = admission.session(TrafficClass.LIVE);
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> admission.session(TrafficClass.LIVE));

    one.close();
    Admitted utterance = live();
    assertThatExceptionOfType(SpeechException.class)
        .as("the utterance has taken the place")
        .isThrownBy(() -> admission.session(TrafficClass.LIVE));

    two.close();
    utterance.close();
    Admitted unused = admission.session(TrafficClass.LIVE);
  }

  @Test
  void refusesWhileAudioWaits() {
    // A tenth of it is the time that decoding it takes.
    capacity = reported(0.1, 6_010);
    refused(TrafficClass.LIVE);

    capacity = reported(0.1, 5_990);
    Admitted unused = live();
    refused(TrafficClass.BATCH);

    capacity = reported(0.1, 3_700);
    Admitted unusedToo = admission.utterance(TrafficClass.BATCH, VERSION);
  }

  @Test
  void admitsEverythingWithoutAReport() {
    capacity = new Capacity(0, 0, Duration.ZERO, 0);

    assertThat(fill(TrafficClass.BATCH)).hasSize(1_000);
    assertThat(admission.utilization()).isZero();
  }

  @Test
  void saysWhenToTryAgainByHowMuchIsTooMuch() {
    capacity = reported(1.6 * 1.25 - 0.1, 0);
    assertThat(refused(TrafficClass.LIVE).retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait.toMillis()).isBetween(740L, 760L));

    random = 0.999;
    capacity = reported(100, 0);
    assertThat(refused(TrafficClass.LIVE).retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait.toMillis()).isBetween(4_400L, 4_500L));

    random = 0;
    capacity = reported(1.51, 0);
    assertThat(refused(TrafficClass.LIVE).retryAfter()).hasValue(Duration.ofMillis(200));
  }
}
