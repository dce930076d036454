// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.admission;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes and goes: with reports that tell the truth, never more than may be used. */
final class MeasuredCostProperties {
  private static final int STEPS = 2_000;
  private static final double COST = 0.1;
  private static final int CORES = 4;
  private static final double LIVE = 0.8;
  private static final double BATCH = 0.5;
  private static final double ROUNDING = 1e-9;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverAdmitsBeyondTheBound(long seed) {
    Course course = new Course(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      course.step();
    }

    assertThat(course.refusals).as("the bound was met").isPositive();
    assertThat(course.admissions).isPositive();
    course.end();
  }

  private static final class Course {
    private final Random random;
    private final FakeTicker ticker = new FakeTicker();
    private final UsualCosts costs = new UsualCosts();
    private final List<Admitted> running = new ArrayList<>();
    private final List<Admitted> sessions = new ArrayList<>();
    private Capacity report = new Capacity(0, CORES, Duration.ZERO, ticker.nanos());
    private final MeasuredCost admission =
        new MeasuredCost(
            () -> report,
            costs,
            new MeasuredCost.Settings(LIVE, BATCH, Duration.ofMillis(300)),
            new AdmissionMetrics(OpenTelemetry.noop().getMeter("test")),
            ticker,
            () -> 0.5);
    private int refusals;
    private int admissions;

    /** Somebody is always LIVE; alone, BATCH would have no bound. */
    private final Admitted somebody = admission.utterance(TrafficClass.LIVE, "en-small@1");

    Course(Random random) {
      this.random = random;
    }

    void step() {
      ticker.advance(Duration.ofMillis(random.nextInt(8)));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> ask(TrafficClass.LIVE, LIVE);
        case 3 -> ask(TrafficClass.BATCH, BATCH);
        case 4 -> session();
        case 5 -> finish(sessions);
        case 6 -> finish(running);
        default -> report();
      }
    }

    private void ask(TrafficClass traffic, double part) {
      boolean roomForBatch = true;
      try {
        running.add(admission.utterance(traffic, "en-small@1"));
        admissions++;
        assertThat((running.size() + 1) * COST).isLessThanOrEqualTo(part * CORES + ROUNDING);
      } catch (SpeechException e) {
        refusals++;
        roomForBatch = traffic == TrafficClass.BATCH;
      }
      if (!roomForBatch) {
        assertThat(admits(TrafficClass.BATCH)).as("BATCH after LIVE was refused").isFalse();
      }
    }

    private boolean admits(TrafficClass traffic) {
      try {
        admission.utterance(traffic, "en-small@1").close();
        return true;
      } catch (SpeechException e) {
        return false;
      }
    }

    private void session() {
      try {
        sessions.add(admission.session(TrafficClass.LIVE));
        assertThat((running.size() + 1 + sessions.size()) * COST)
            .isLessThanOrEqualTo(LIVE * CORES + ROUNDING);
      } catch (SpeechException e) {
        refusals++;
      }
    }

    private void finish(List<Admitted> places) {
      if (!places.isEmpty()) {
        Admitted place = places.remove(random.nextInt(places.size()));
        place.close();
        place.close();
      }
    }

    private void report() {
      report = new Capacity((running.size() + 1) * COST, CORES, Duration.ZERO, ticker.nanos());
    }

    /** When all are gone, all of it may be used again, and no more. */
    void end() {
      while (!running.isEmpty()) {
        finish(running);
      }
      while (!sessions.isEmpty()) {
        finish(sessions);
      }
      somebody.close();
      report = new Capacity(0, CORES, Duration.ZERO, ticker.nanos());
      int again = 0;
      while (again < 1_000 && lasting()) {
        again++;
      }
      assertThat(again).isBetween((int) (LIVE * CORES / COST) - 1, (int) (LIVE * CORES / COST));
    }

    private boolean lasting() {
      try {
        Admitted unused = admission.utterance(TrafficClass.LIVE, "en-small@1");
        return true;
      } catch (SpeechException e) {
        return false;
      }
    }
  }
}
