// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.router.admission.Admission;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.LatestLoaded;
import halfsecond.router.model.ModelRequest;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.redo.Redo;
import halfsecond.router.replay.ReplayLimits;
import halfsecond.router.replay.Replays;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.TrafficClass;
import halfsecond.testing.FakeScheduler;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One session between fakes. Its sequence runs on the test's thread: when a call returns,
 * everything that follows from it has happened.
 */
final class Stage {
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  static final SessionLimits LIMITS =
      new SessionLimits(
          Duration.ofSeconds(290),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(34),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1));

  static final ReplayLimits REPLAY =
      new ReplayLimits(Duration.ofMillis(1_500), Duration.ofMillis(400), Duration.ofMinutes(10));

  final FakeScheduler ticker = new FakeScheduler();
  final FakeVad vad = new FakeVad(ticker);
  final FakeRecognition recognition = new FakeRecognition(ticker);
  final FakeModels models = new FakeModels();
  final FakeOutput out = new FakeOutput();
  final List<UtteranceRecord> records = new ArrayList<>();
  final List<Redo> redos = new ArrayList<>();
  final List<Throwable> bugs = new ArrayList<>();
  private final ByteString.Output sent = ByteString.newOutput();
  private final Random random = new Random(7);
  Replays replays = Replays.of(REPLAY, 0.1, 128 << 20, ticker);
  Admission admission = Admission.UNLIMITED;
  boolean watched = true;
  int released;
  private SessionConfig config = config(AudioFormat.INNER);
  private SessionLimits limits = LIMITS;
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private @Nullable Session session;

  static SessionConfig config(AudioFormat format) {
    return new SessionConfig(
        format,
        new ModelRequest("", "", Cohort.UNKNOWN),
        new RecognitionOptions(1, false, List.of(), false),
        TrafficClass.LIVE,
        false,
        false,
        false,
        EndpointingOptions.DEFAULTS,
        Optional.of(Duration.ofMillis(500)));
  }

  Stage configured(SessionConfig other) {
    config = other;
    return this;
  }

  Stage admitting(Admission other) {
    admission = other;
    return this;
  }

  Stage traced(OpenTelemetry other) {
    telemetry = other;
    return this;
  }

  Stage limited(SessionLimits other) {
    limits = other;
    return this;
  }

  Stage format(AudioFormat format) {
    return configured(config(format));
  }

  Stage interims() {
    return configured(with(TrafficClass.LIVE, true, false));
  }

  Stage eventful() {
    return configured(with(TrafficClass.LIVE, true, true));
  }

  Stage batch() {
    return configured(with(TrafficClass.BATCH, false, false));
  }

  Stage budget(Duration budget) {
    SessionConfig plain = config(AudioFormat.INNER);
    return configured(
        new SessionConfig(
            plain.format(),
            plain.model(),
            plain.recognition(),
            plain.trafficClass(),
            plain.interimResults(),
            plain.activityEvents(),
            plain.clientEndpointing(),
            plain.endpointing(),
            Optional.of(budget)));
  }

  Stage marking() {
    SessionConfig plain = config(AudioFormat.INNER);
    return configured(
        new SessionConfig(
            plain.format(),
            plain.model(),
            plain.recognition(),
            plain.trafficClass(),
            false,
            true,
            true,
            plain.endpointing(),
            plain.budget()));
  }

  private static SessionConfig with(TrafficClass traffic, boolean interims, boolean events) {
    SessionConfig plain = config(AudioFormat.INNER);
    return new SessionConfig(
        plain.format(),
        plain.model(),
        plain.recognition(),
        traffic,
        interims,
        events,
        false,
        plain.endpointing(),
        traffic == TrafficClass.LIVE ? plain.budget() : Optional.empty());
  }

  Stage open() {
    SessionServices services =
        new SessionServices(
            vad,
            recognition,
            new LatestLoaded(models, "en-small", Map.of()),
            models,
            admission,
            records::add,
            watched ? Optional.of(redos::add) : Optional.empty(),
            telemetry.getTracer("test"),
            new RouterMetrics(telemetry.getMeter("test")),
            ticker,
            Clock.fixed(EPOCH, ZoneOffset.UTC),
            limits,
            new AnswerShares(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofSeconds(10)),
            replays);
    session =
        new Session(
            config, services, new SerialExecutor(Runnable::run, bugs::add), out, () -> released++);
    session().open();
    return this;
  }

  Session session() {
    if (session == null) {
      throw new IllegalStateException("not open");
    }
    return session;
  }

  /** Sends so much random audio in one message. */
  void audio(int millis) {
    byte[] bytes = new byte[config.format().bytesPerSecond() / 1000 * millis];
    random.nextBytes(bytes);
    sent.write(bytes, 0, bytes.length);
    session().audio(ByteString.copyFrom(bytes));
  }

  /** Sends audio as it would be spoken: each message arrives when it is complete. */
  void speaks(int millis) {
    for (int done = 0; done < millis; done += 20) {
      pass(20);
      audio(20);
      if (!vad.streams.isEmpty()) {
        vad.stream().progress(vad.stream().received());
      }
    }
  }

  /** What was sent, of the session's samples [from, to). */
  ByteString sent(long from, long to) {
    return sent.toByteString().substring((int) from * 2, (int) to * 2);
  }

  void pass(long millis) {
    ticker.advance(Duration.ofMillis(millis));
  }

  /** Time passes and limits are checked. */
  void tickAfter(Duration time) {
    ticker.advance(time);
    session().tick();
  }

  /**
   * The detector finds an utterance in the audio that was sent, which recognition is told to
   * finish.
   *
   * @return recognition's stream
   */
  FakeRecognition.Stream utterance(long from, long to) {
    vad.stream().started(from, from, from);
    vad.stream().acknowledged(to);
    vad.stream().ended(to, to, EndReason.END_OF_SPEECH);
    return recognition.streams.get(recognition.streams.size() - 1);
  }
}
