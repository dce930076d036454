// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.router.RouterConfig;
import halfsecond.router.admission.Admission;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.LatestLoaded;
import halfsecond.router.model.LoadedModel;
import halfsecond.router.model.ModelDirectory;
import halfsecond.router.model.ModelRequest;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.replay.Replays;
import halfsecond.router.session.EndReason;
import halfsecond.router.session.EndpointingOptions;
import halfsecond.router.session.RecognitionOptions;
import halfsecond.router.session.Session;
import halfsecond.router.session.SessionConfig;
import halfsecond.router.session.SessionServices;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.TrafficClass;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Speaks one utterance in a session of its own to the router's real session, with backends that
 * answer at once and cost nothing, and no network. For one thread.
 */
final class SpokenSession implements AutoCloseable {
  /** Samples a millisecond. */
  private static final int MILLI = 16;

  private static final int SPEECH_BEGINS_MILLIS = 200;
  private static final int PARTIAL_EVERY_MILLIS = 100;
  private static final String VERSION = "en-small@1";

  private final ScheduledThreadPoolExecutor pool =
      new ScheduledThreadPoolExecutor(1, NamedThreads.factory("timer"));
  private final InstantVad vad = new InstantVad();
  private final InstantRecognition recognition = new InstantRecognition();
  private final CountingOutput out = new CountingOutput();
  private final SessionServices services;
  private @Nullable UtteranceRecord record;

  SpokenSession() {
    pool.setRemoveOnCancelPolicy(true);
    Scheduler scheduler = Scheduler.on(pool);
    RouterConfig defaults = RouterConfig.load(ConfigFactory.load());
    OneModel models = new OneModel();
    this.services =
        new SessionServices(
            vad,
            recognition,
            new LatestLoaded(models, VERSION, Map.of()),
            models,
            Admission.UNLIMITED,
            told -> record = told,
            Optional.of(redo -> {}),
            OpenTelemetry.noop().getTracer("benchmark"),
            new RouterMetrics(OpenTelemetry.noop().getMeter("benchmark")),
            scheduler,
            Clock.systemUTC(),
            defaults.session(),
            defaults.shares(),
            Replays.of(
                defaults.replay().limits(),
                defaults.replay().retryBudget(),
                defaults.replay().memoryBytes(),
                scheduler));
  }

  /**
   * From the opening to the end of a session with one utterance.
   *
   * @param audio 16 kHz, 16 bits; more than 200 ms
   * @param messageMillis what a message of the client holds
   * @return what the client was told, finals last
   * @throws IllegalStateException when it did not get exactly one final
   */
  long speak(ByteString audio, int messageMillis) {
    int before = out.finals;
    Session session =
        new Session(
            config(),
            services,
            new SerialExecutor(Runnable::run, SpokenSession::bug),
            out,
            () -> {});
    session.open();
    int message = 2 * MILLI * messageMillis;
    for (int start = 0; start < audio.size(); start += message) {
      int end = Math.min(audio.size(), start + message);
      session.audio(audio.substring(start, end));
      int millis = end / (2 * MILLI);
      boolean begins =
          millis >= SPEECH_BEGINS_MILLIS && millis - messageMillis < SPEECH_BEGINS_MILLIS;
      if (begins) {
        vad.begin();
      }
      vad.progress();
      if (!begins && millis > SPEECH_BEGINS_MILLIS && millis % PARTIAL_EVERY_MILLIS == 0) {
        recognition.partial();
      }
    }
    vad.end(EndReason.END_OF_SPEECH);
    session.halfClose();
    if (out.finals != before + 1) {
      throw new IllegalStateException("the utterance got " + (out.finals - before) + " finals");
    }
    return out.told;
  }

  /**
   * The record of the utterance that was spoken last.
   *
   * @throws IllegalStateException when none was
   */
  UtteranceRecord record() {
    if (record == null) {
      throw new IllegalStateException("nothing was spoken");
    }
    return record;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private static void bug(Throwable bug) {
    throw new IllegalStateException(bug);
  }

  private static SessionConfig config() {
    return new SessionConfig(
        AudioFormat.INNER,
        new ModelRequest("", "", new Cohort("user", "1.2.3", "phone", "eu", "tenant")),
        new RecognitionOptions(1, true, List.of(), true),
        TrafficClass.LIVE,
        true,
        true,
        false,
        EndpointingOptions.DEFAULTS,
        Optional.of(Duration.ofMillis(500)));
  }

  private static final class OneModel implements ModelDirectory {
    private final List<LoadedModel> loaded = List.of(new LoadedModel(VERSION, "en-US"));

    @Override
    public List<LoadedModel> loaded() {
      return loaded;
    }

    @Override
    public boolean known() {
      return true;
    }

    @Override
    public CompletionStage<Void> refresh() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
