// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import halfsecond.common.measure.Measurement;
import halfsecond.monitor.v1.StageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When reports are sent, and what happens when the monitor does not answer. */
class StageReportsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.25Z");

  /** The monitor as the reporter sees it. */
  private static final class Stream implements StageStream {
    final Listener listener;
    final List<List<StageSample>> batches = new ArrayList<>();
    boolean cancelled;

    Stream(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(List<StageSample> samples) {
      batches.add(samples);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    StageSample last() {
      return batches.get(batches.size() - 1).get(0);
    }
  }

  private final FakeTimer timer = new FakeTimer();
  private final List<Stream> streams = new ArrayList<>();
  private final List<Measurement> known = new ArrayList<>();
  private final StageReports reports =
      new StageReports(
          listener -> {
            Stream stream = new Stream(listener);
            streams.add(stream);
            return stream;
          },
          List.of(() -> List.copyOf(known)),
          INTERVAL,
          timer,
          () -> NOW);

  @Test
  void reportsOnceItIsConnectedAndThenInTurns() {
    known.add(new Measurement.Level("asr.cores", 2));
    Stream stream = connected();

    assertThat(stream.batches).hasSize(1);
    assertThat(stream.last().getMetric()).isEqualTo("asr.cores");
    assertThat(stream.last().getReading()).isEqualTo(2);
    assertThat(stream.last().getSampleTime()).isEqualTo(Timestamps.fromMillis(NOW.toEpochMilli()));

    timer.advance(Duration.ofSeconds(1));
    stream.listener.answered(0, "");
    timer.advance(Duration.ofMillis(3_999));
    assertThat(stream.batches).hasSize(1);
    timer.advance(Duration.ofMillis(1));
    assertThat(stream.batches).as("an interval after the first, not after its answer").hasSize(2);
  }

  @Test
  void tellsWhatCountersGrewBy() {
    Stream stream = connected(new Measurement.Total("vad.refused", 7));
    assertThat(stream.last().getIncrement()).isEqualTo(7);

    nextRound(stream, new Measurement.Total("vad.refused", 10));
    assertThat(stream.last().getIncrement()).isEqualTo(3);
    nextRound(stream, new Measurement.Total("vad.refused", 10));
    assertThat(stream.last().getIncrement()).isZero();
  }

  @Test
  void tellsSharesOfWhatWasTriedSince() {
    Stream stream = connected(new Measurement.Share("deliver.partials_dropped", 0, 0));
    assertThat(stream.batches.get(0)).as("no trials, no share").isEmpty();

    nextRound(stream, new Measurement.Share("deliver.partials_dropped", 2, 8));
    assertThat(stream.last().getProportion().getEvents()).isEqualTo(2);
    assertThat(stream.last().getProportion().getTrials()).isEqualTo(8);
    nextRound(stream, new Measurement.Share("deliver.partials_dropped", 3, 18));
    assertThat(stream.last().getProportion().getEvents()).isEqualTo(1);
    assertThat(stream.last().getProportion().getTrials()).isEqualTo(10);
  }

  @Test
  void keepsNothingWhileTheMonitorDoesNotAnswer() {
    Stream stream = connected(new Measurement.Total("vad.errors", 1));

    timer.advance(StageReports.PATIENCE.minusMillis(1));
    stream.listener.ready();

    assertThat(stream.batches).as("one on its way, whatever the time").hasSize(1);
    assertThat(timer.pending()).isEqualTo(1);
    timer.advance(Duration.ofMillis(1));
    assertThat(stream.cancelled).as("a monitor that hangs").isTrue();
    timer.advance(LONGEST_BACKOFF);
    assertThat(streams).as("tried anew").hasSize(2);
  }

  @Test
  void givesUpAConnectionThatDoesNotComeAbout() {
    reports.start();

    timer.advance(StageReports.PATIENCE.plus(LONGEST_BACKOFF));

    assertThat(streams.get(0).cancelled).isTrue();
    assertThat(streams).hasSize(2);
  }

  @Test
  void countsNothingTwiceWhenAnAnswerIsLost() {
    Stream first = connected(new Measurement.Total("vad.errors", 5));
    first.listener.over(false, "UNAVAILABLE");

    Stream second = reconnected(new Measurement.Total("vad.errors", 9));

    assertThat(second.last().getIncrement()).as("the 5 may have arrived").isEqualTo(4);
  }

  @Test
  void tellsLaterWhatTheMonitorHasNotTaken() {
    Stream first = connected(new Measurement.Total("vad.errors", 5));
    first.listener.over(true, "RESOURCE_EXHAUSTED");

    Stream second = reconnected(new Measurement.Total("vad.errors", 9));

    assertThat(second.last().getIncrement()).isEqualTo(9);
  }

  @Test
  void tellsLaterWhatHappenedWhileTheMonitorWasAway() {
    Stream first = connected(new Measurement.Total("vad.errors", 5));
    first.listener.answered(0, "");
    first.listener.over(false, "UNAVAILABLE");

    Stream second = reconnected(new Measurement.Total("vad.errors", 9));

    assertThat(second.last().getIncrement()).isEqualTo(4);
  }

  @Test
  void waitsLongerAndLongerForAMonitorThatIsAway() {
    reports.start();
    for (int i = 0; i < 20; i++) {
      newest().listener.over(false, "UNAVAILABLE");
      timer.advance(LONGEST_BACKOFF);
    }
    assertThat(streams).as("each wait is over after the longest one").hasSize(21);

    newest().listener.over(false, "UNAVAILABLE");
    timer.advance(LONGEST_BACKOFF.dividedBy(2).minusMillis(1));
    assertThat(streams).as("after half of it at the soonest").hasSize(21);
  }

  @Test
  void isSoonBackAfterOneThatAnswered() {
    Stream stream = connected(new Measurement.Level("asr.cores", 2));
    stream.listener.answered(0, "");
    stream.listener.over(false, "UNAVAILABLE");

    timer.advance(Duration.ofSeconds(1));

    assertThat(streams).hasSize(2);
  }

  @Test
  void hearsNothingOfAStreamThatItGaveUp() {
    Stream first = connected(new Measurement.Total("vad.errors", 5));
    timer.advance(StageReports.PATIENCE);
    first.listener.over(true, "CANCELLED");
    first.listener.answered(0, "");

    assertThat(streams).hasSize(1);
    assertThat(timer.pending()).as("one attempt to come, not two").isEqualTo(1);
  }

  @Test
  void goesOnWithTheOthersWhenOneSourceFails() {
    StageReports withBug =
        new StageReports(
            listener -> {
              streams.add(new Stream(listener));
              return newest();
            },
            List.of(
                () -> {
                  throw new IllegalStateException("expected by the test");
                },
                () -> List.of(new Measurement.Level("asr.cores", 2))),
            INTERVAL,
            timer,
            () -> NOW);

    withBug.start();
    newest().listener.ready();

    assertThat(newest().last().getMetric()).isEqualTo("asr.cores");
  }

  @Test
  void doesNothingOnceItIsClosed() {
    Stream stream = connected(new Measurement.Level("asr.cores", 2));

    reports.close();
    stream.listener.over(false, "CANCELLED");

    assertThat(stream.cancelled).isTrue();
    assertThat(timer.pending()).isZero();
  }

  private Stream connected(Measurement... now) {
    known.addAll(List.of(now));
    reports.start();
    newest().listener.ready();
    return newest();
  }

  private Stream reconnected(Measurement now) {
    known.set(0, now);
    timer.advance(LONGEST_BACKOFF);
    newest().listener.ready();
    return newest();
  }

  private void nextRound(Stream stream, Measurement now) {
    known.set(0, now);
    stream.listener.answered(0, "");
    timer.advance(INTERVAL);
  }

  private Stream newest() {
    return streams.get(streams.size() - 1);
  }
}
