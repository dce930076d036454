// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.measure.MeasurementSource;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.StageReporter;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.admission.AdmissionMetrics;
import halfsecond.router.admission.MeasuredCost;
import halfsecond.router.backend.BackendMetrics;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.LatestLoaded;
import halfsecond.router.record.RecordCounts;
import halfsecond.router.record.RecordQueue;
import halfsecond.router.record.RecordSink;
import halfsecond.router.record.UserHash;
import halfsecond.router.redo.RedoQueue;
import halfsecond.router.redo.RedoSink;
import halfsecond.router.replay.Replays;
import halfsecond.router.rpc.Backends;
import halfsecond.router.rpc.GrpcRecognition;
import halfsecond.router.rpc.NameResolver;
import halfsecond.router.rpc.RecordMessages;
import halfsecond.router.rpc.SpeechEndpoint;
import halfsecond.router.session.SessionRegistry;
import halfsecond.router.session.SessionServices;
import halfsecond.router.session.VadPort;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service. It serves as soon as it is started, whether or not its backends are there
 * yet: sessions are then refused as UNAVAILABLE. Closing it drains it: sessions are told, their
 * utterances are finished, and they end with DRAINING when three quarters of the grace are over at
 * the latest. Safe for use by any thread.
 */
public final class RouterServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);
  private static final String NAME = "halfsecond.router";

  /** They are rare, and small. */
  private static final int REDOS = 1_000;

  private final GrpcServer server;

  private RouterServer(GrpcServer server) {
    this.server = server;
  }

  /**
   * Starts the service.
   *
   * @param telemetry stays the caller's, who closes it after the server
   * @throws StartException if the port cannot be opened
   */
  public static RouterServer start(RouterConfig config, Telemetry telemetry) {
    return start(config, telemetry, NameResolver.SYSTEM);
  }

  static RouterServer start(RouterConfig config, Telemetry telemetry, NameResolver resolver) {
    Closer closer = new Closer();
    try {
      return start(config, telemetry, resolver, closer);
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  private static RouterServer start(
      RouterConfig config, Telemetry telemetry, NameResolver resolver, Closer closer) {
    Optional<StageReporter> reporter =
        config.monitor().map(to -> closer.register(new StageReporter(to.reports(), telemetry)));
    int cores = Runtime.getRuntime().availableProcessors();
    ScheduledExecutorService timer = NamedThreads.timer("router-timer");
    closer.register(timer::shutdownNow);
    EventLoops loops = closer.register(new EventLoops("router", cores));
    ExecutorService answers = NamedThreads.fixed("router-backend", Math.max(2, cores));
    closer.register(answers::shutdownNow);

    Scheduler scheduler = Scheduler.on(timer);
    RouterMetrics metrics = new RouterMetrics(telemetry.meter(NAME));
    Backends backends =
        closer.register(
            new Backends(
                telemetry,
                loops,
                scheduler,
                answers,
                resolver,
                new BackendMetrics(telemetry.meter(NAME))));
    Closer gauges = closer.register(new Closer());
    Reports reports = reports(config, backends, metrics, gauges);
    SessionServices services =
        services(config, telemetry, backends, scheduler, metrics, reports, gauges);
    SessionRegistry registry = new SessionRegistry(config.capacity().maxSessions());
    check(registry, timer, config.capacity().checkInterval());

    Duration drainWithin = config.server().stop().grace().multipliedBy(3).dividedBy(4);
    GrpcServer server =
        new SpeechEndpoint(services, registry, config.edge(), loops)
            .serve(config.server(), telemetry)
            .onDrain(() -> registry.drain(drainWithin));
    reporter.ifPresent(it -> it.report("route", server, reports.counts()));
    server
        .thenClose("gauges", gauges)
        .thenClose("backends", backends)
        .thenClose("backend_callbacks", answers)
        .thenClose("timer", timer)
        .thenClose("event_loops", loops);
    return new RouterServer(server);
  }

  /** What sessions tell, and what is counted of it. */
  private record Reports(RecordSink records, Optional<RedoSink> redos, MeasurementSource counts) {}

  private static SessionServices services(
      RouterConfig config,
      Telemetry telemetry,
      Backends backends,
      Scheduler scheduler,
      RouterMetrics metrics,
      Reports reports,
      Closer gauges) {
    Clock clock = Clock.systemUTC();
    // A stream to the detector lives as long as its session.
    Duration longest =
        config
            .session()
            .batchSession()
            .plus(config.session().liveSession())
            .plus(config.session().batchClosing());
    VadPort vad = backends.detector(config.vad(), longest);
    UsualCosts costs = new UsualCosts();
    Backends.Asr asr =
        backends.recognition(
            config.asr(),
            new GrpcRecognition.Settings(
                config.recognition().hypothesisInterval(),
                config.recognition().liveBackstop(),
                config.recognition().batchBackstop()),
            config.models().watchInterval(),
            costs);
    AdmissionMetrics admissionMetrics = new AdmissionMetrics(telemetry.meter(NAME));
    MeasuredCost admission =
        new MeasuredCost(
            asr.fleet()::capacity,
            costs,
            config.admission(),
            admissionMetrics,
            scheduler,
            () -> ThreadLocalRandom.current().nextDouble());
    AutoCloseable unused = gauges.register(admissionMetrics.expose(admission));
    return new SessionServices(
        vad,
        asr.recognition(),
        new LatestLoaded(asr.models(), config.models().defaultModel(), config.models().versions()),
        asr.models(),
        admission,
        reports.records(),
        reports.redos(),
        telemetry.tracer(NAME),
        metrics,
        scheduler,
        clock,
        config.session(),
        config.shares(),
        Replays.of(
            config.replay().limits(),
            config.replay().retryBudget(),
            config.replay().memoryBytes(),
            scheduler));
  }

  private static Reports reports(
      RouterConfig config, Backends backends, RouterMetrics metrics, Closer gauges) {
    if (config.monitor().isEmpty()) {
      return new Reports(record -> {}, Optional.empty(), List::of);
    }
    RedoQueue redos = new RedoQueue(REDOS);
    RouterConfig.Monitor monitor = config.monitor().get();
    RecordQueue queue = new RecordQueue(monitor.queue(), metrics::recordDropped);
    AutoCloseable unused = gauges.register(metrics.exposeWaiting(queue::size));
    backends.report(
        monitor.reports().monitor(),
        monitor.reports().instance(),
        queue,
        new RecordMessages(new UserHash(Clock.systemUTC())),
        redos);
    RecordCounts counts = new RecordCounts(queue);
    return new Reports(counts, Optional.of(redos), counts);
  }

  /**
   * Again and again until the timer is shut down; a check that fails is reported and does not end
   * the checks.
   */
  private static void check(
      SessionRegistry registry, ScheduledExecutorService timer, Duration interval) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                registry.tick();
              } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("limits of time could not be checked");
              }
            },
            interval.toNanos(),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Drains and stops. */
  @Override
  public void close() {
    server.close();
  }
}
