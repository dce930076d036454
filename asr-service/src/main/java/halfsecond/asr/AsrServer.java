// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.recognition.DecodeQueue;
import halfsecond.asr.recognition.HangWatchdog;
import halfsecond.asr.recognition.ProcessorTime;
import halfsecond.asr.rpc.AsrGrpcService;
import halfsecond.asr.rpc.AsrTelemetry;
import halfsecond.asr.rpc.LoadReport;
import halfsecond.asr.serving.LoadedModels;
import halfsecond.asr.serving.MemoryHeadroom;
import halfsecond.asr.serving.ModelLoading;
import halfsecond.asr.vosk.EngineUnavailableException;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.error.SpeechException;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.StageReporter;
import halfsecond.common.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The running service. Closing it drains it: clips in progress may finish within the grace, then
 * recognizers and models are freed. Safe for use by any thread.
 */
public final class AsrServer implements AutoCloseable {
  private static final String ADVICE = "run: halfsecond model prepare";

  private final GrpcServer server;
  private final VoskEngine engine;
  private final ActiveClips clips;

  private AsrServer(GrpcServer server, VoskEngine engine, ActiveClips clips) {
    this.server = server;
    this.engine = engine;
    this.clips = clips;
  }

  /**
   * Loads the models and starts the service; it takes clips when this returns, some seconds later.
   *
   * @param telemetry stays the caller's, who closes it after the server
   * @throws StartException if there is no model, one does not load, the native library does not
   *     load, or the port cannot be opened
   */
  public static AsrServer start(AsrConfig config, Telemetry telemetry) {
    Closer closer = new Closer();
    try {
      return start(config, telemetry, closer);
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  private static AsrServer start(AsrConfig config, Telemetry telemetry, Closer closer) {
    VoskEngine engine = engine();
    ModelCatalogue catalogue = catalogue(config);
    Optional<StageReporter> reporter =
        config.monitor().map(to -> closer.register(new StageReporter(to, telemetry)));
    List<ModelId> ids = idsToLoad(config, catalogue);

    ScheduledExecutorService timer = NamedThreads.timer("asr-timer");
    closer.register(timer::shutdownNow);
    Scheduler scheduler = Scheduler.on(timer);
    ExecutorService loader = NamedThreads.fixed("asr-models", 2);
    closer.register(loader::shutdownNow);
    LoadedModels models =
        closer.register(
            new LoadedModels(
                new ModelLoading(
                    catalogue,
                    engine,
                    MemoryHeadroom.ofThisMachine(),
                    config.serving(),
                    scheduler,
                    loader)));
    load(models, ids);
    DecodeConfig decode = config.decode();
    DecodeQueue queue =
        closer.register(new DecodeQueue(decode.threads(), decode.scheduling(), scheduler));
    HangWatchdog watchdog =
        closer.register(
            HangWatchdog.start(
                queue,
                decode.hangLimit(),
                scheduler,
                () -> Runtime.getRuntime().halt(HangWatchdog.EXIT_CODE)));
    ActiveClips clips =
        closer.register(
            new ActiveClips(queue, scheduler, ProcessorTime.ofThread(scheduler), decode.clips()));
    LoadReport load = new LoadReport(clips, engine::liveRecognizers, scheduler);
    AsrTelemetry measures = new AsrTelemetry(telemetry);
    EngineGauges readings = new EngineGauges(clips, engine);
    AutoCloseable gauges = closer.register(measures.expose(readings));

    AsrGrpcService service =
        new AsrGrpcService(models, clips, load, scheduler, config.transcribe(), measures);
    GrpcServer server =
        GrpcServers.builder(config.server(), Preset.INNER, telemetry)
            .service(service)
            .start()
            .onDrain(service::drain);
    reporter.ifPresent(it -> it.report("asr", server, readings));
    server
        .thenClose("clips", clips)
        // Waits for the decode threads to give the clips' recognizers back.
        .thenClose("models", models)
        .thenClose("decode", queue)
        .thenClose("watchdog", watchdog)
        .thenClose("loader", loader)
        .thenClose("timer", timer)
        .thenClose("metrics", gauges);
    return new AsrServer(server, engine, clips);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Clips in progress. */
  public int activeClips() {
    return clips.count();
  }

  /** Recognizers that hold native memory now, idle ones included; zero after {@link #close}. */
  public int liveRecognizers() {
    return engine.liveRecognizers();
  }

  /** Models that hold native memory now; zero after {@link #close}. */
  public int liveModels() {
    return engine.liveModels();
  }

  @Override
  public void close() {
    server.close();
  }

  private static VoskEngine engine() {
    try {
      return new VoskEngine();
    } catch (EngineUnavailableException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelCatalogue catalogue(AsrConfig config) {
    try {
      return ModelCatalogue.open(config.catalogue());
    } catch (IOException e) {
      throw new StartException(
          "the model directory " + config.catalogue() + " cannot be used (models.directory)", e);
    }
  }

  private static List<ModelId> idsToLoad(AsrConfig config, ModelCatalogue catalogue) {
    if (!config.load().isEmpty()) {
      return config.load();
    }
    try {
      List<ModelId> prepared =
          catalogue.list().models().stream()
              .filter(model -> model.manifest().about().derivedFrom() != null)
              .map(InstalledModel::id)
              .toList();
      if (prepared.isEmpty()) {
        throw new StartException(
            "there is no model in " + catalogue.root() + " (models.directory); " + ADVICE);
      }
      return prepared;
    } catch (IOException e) {
      throw new StartException("the models in " + catalogue.root() + " cannot be read", e);
    }
  }

  private static void load(LoadedModels models, List<ModelId> ids) {
    for (ModelId id : ids) {
      try {
        models.load(id).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof SpeechException refusal) {
          throw new StartException(
              "the model " + id + " cannot be loaded: " + refusal.text() + "; " + ADVICE, refusal);
        }
        throw e;
      }
    }
  }
}
