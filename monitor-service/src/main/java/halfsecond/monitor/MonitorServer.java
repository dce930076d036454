// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.AlarmNotifier;
import halfsecond.monitor.alarm.ClaimCodec;
import halfsecond.monitor.alarm.Claims;
import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.alarm.Notification;
import halfsecond.monitor.alarm.ReportedDesk;
import halfsecond.monitor.alarm.Webhook;
import halfsecond.monitor.capacity.CoreReadingsCodec;
import halfsecond.monitor.capacity.CoresCodec;
import halfsecond.monitor.capacity.SharedCores;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.MetricCodec;
import halfsecond.monitor.feedback.FeedbackJoin;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.metric.MetricExchange;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.objective.ObjectiveBook;
import halfsecond.monitor.objective.ObjectiveWatch;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.reference.ReferenceCodec;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.reported.ReportedWatch;
import halfsecond.monitor.rpc.AlarmCalls;
import halfsecond.monitor.rpc.Decisions;
import halfsecond.monitor.rpc.FeedbackIntake;
import halfsecond.monitor.rpc.JsonApi;
import halfsecond.monitor.rpc.KeptAlarms;
import halfsecond.monitor.rpc.MetricCallSet;
import halfsecond.monitor.rpc.MonitorGrpcService;
import halfsecond.monitor.rpc.NotificationWriter;
import halfsecond.monitor.rpc.ReportCalls;
import halfsecond.monitor.rpc.TraceGrpcService;
import halfsecond.monitor.rpc.UtteranceLookup;
import halfsecond.monitor.rpc.UtteranceReader;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.store.KeptDocuments;
import halfsecond.monitor.store.RecordConsumer;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.StoreConfig;
import halfsecond.monitor.store.StoreException;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.telemetry.StoreMetrics;
import halfsecond.monitor.threshold.ThresholdCodec;
import halfsecond.monitor.threshold.Thresholds;
import halfsecond.monitor.trace.TraceStore;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running monitor. It begins with what an earlier one on the same store has kept. Closing
 * acknowledges what reporters have sent, ends their streams with {@code DRAINING} and waits for
 * calls as configured. Safe for use by any thread.
 */
public final class MonitorServer implements AutoCloseable {
  private static final String INSTRUMENTATION = "halfsecond.monitor";
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofSeconds(2);

  private static final int READERS = 2;
  private static final int QUEUED_READS = 64;
  private static final Logger LOG = LoggerFactory.getLogger(MonitorServer.class);

  private final GrpcServer server;
  private final Dashboard dashboard;

  private MonitorServer(GrpcServer server, Dashboard dashboard) {
    this.server = server;
    this.dashboard = dashboard;
  }

  /**
   * Starts a monitor; returns when it knows again what was kept, and listens.
   *
   * @param telemetry owned by the caller, to be closed after this
   * @throws StartException if it cannot listen where it should, or the store cannot be used
   */
  public static MonitorServer start(MonitorConfig config, Telemetry telemetry) {
    return start(config, telemetry, InstantSource.system());
  }

  static MonitorServer start(MonitorConfig config, Telemetry telemetry, InstantSource clock) {
    Closer unwind = new Closer();
    try {
      UtteranceWindows utterances =
          new UtteranceWindows(config.windows(), config.series(), config.shares());
      MonitorMetrics metrics =
          unwind.register(
              new MonitorMetrics(telemetry.meter(INSTRUMENTATION), utterances::seriesCount));
      StoreMetrics kept = unwind.register(new StoreMetrics(telemetry.meter(INSTRUMENTATION)));
      Store store = unwind.register(Store.open(config.store(), new UtteranceReader(), kept, clock));
      DocumentStore documents = store.documents();
      MetricCatalogue catalogue =
          MetricCatalogue.kept(new KeptDocuments<>(documents, "metric", new MetricCodec()));
      MetricWindows stages = new MetricWindows(catalogue, config.windows());
      References references =
          new References(new KeptDocuments<>(documents, "reference", new ReferenceCodec()));
      Intake intake = new Intake(utterances, store.records(), config.remembered());
      KeptAlarms archive = new KeptAlarms(documents);
      AlarmDesk alarms = new AlarmDesk(clock, archive, config.alarms().kept());
      ScheduledExecutorService timer = NamedThreads.timer("monitor-timer");
      unwind.register(NamedThreads.closing(timer, GRACE));
      // What waits for the store must not keep alarms waiting.
      ScheduledExecutorService exchange = NamedThreads.timer("monitor-exchange");
      unwind.register(NamedThreads.closing(exchange, GRACE));
      ExecutorService claiming = NamedThreads.fixed("monitor-claims", 1);
      unwind.register(NamedThreads.closing(claiming, GRACE));
      // Before anything is judged again, so that it tells of what ends by that.
      AlarmNotifier notifier =
          new AlarmNotifier(
              alarms,
              config.alarms().remindAfter(),
              webhook(config, documents, Scheduler.on(timer), claiming, clock).stream().toList(),
              clock.instant());
      JudgeDesk judge =
          new JudgeDesk(
              new Judge(Watchlist.builtIn(), config.judge().paces(), config.judge().mostCohorts()),
              new ObjectiveBook(new ObjectiveWatch(config.objectives(), config.shares())),
              alarms);
      Thresholds thresholds =
          new Thresholds(new KeptDocuments<>(documents, "threshold", new ThresholdCodec()));
      judge.remember(thresholds.changes());
      ReportedDesk reported =
          new ReportedDesk(
              new ReportedWatch(stages, new SeriesReader(new Histories(utterances, stages))),
              alarms);
      CapacityWatch capacity =
          new CapacityWatch(cores(documents, config.store().kept()), stages, judge);
      FeedbackJoin reactions =
          new FeedbackJoin(
              List.of(utterances::react, (about, kind, ingested) -> judge.react(about, kind)));
      store.start(
          List.of(intake::remember),
          List.of(counting(utterances, config.windows(), clock), judge::take, reactions),
          List.of(reactions));
      Optional<MetricExchange> sharing = sharing(config.store(), stages, documents);
      sharing.ifPresent(it -> it.restore(clock.instant()));
      reported.resume(thresholds.changes(), clock.instant());
      judge.caughtUp(clock.instant());
      ExecutorService readers = NamedThreads.bounded("monitor-reader", READERS, QUEUED_READS);
      unwind.register(NamedThreads.closing(readers, GRACE));
      ExecutorService callbacks = GrpcServers.callbacks("monitor-callback");
      unwind.register(NamedThreads.closing(callbacks, GRACE));
      TraceStore traces = new TraceStore(config.traceBytes());
      ReportCalls reports =
          new ReportCalls(intake, stages, clock, metrics, config.reporters(), callbacks);
      MonitorGrpcService service =
          new MonitorGrpcService(
              reports,
              new FeedbackIntake(store.feedback(), utterances, clock),
              new UtteranceLookup(store.records(), store.feedback(), traces, clock, readers),
              new MetricCallSet(
                  utterances,
                  stages,
                  new Decisions(references, thresholds, judge, reported, readers),
                  alarms,
                  reports::dropped,
                  clock),
              new AlarmCalls(alarms, clock, callbacks));
      Dashboard dashboard =
          unwind.register(
              Dashboard.start(
                  config.dashboard(),
                  config.shares(),
                  () -> JsonApi.over(service, telemetry, callbacks)));
      GrpcServer server =
          GrpcServers.builder(config.server(), Preset.INNER, telemetry, callbacks)
              .service(service)
              .service(new TraceGrpcService(traces))
              .start();
      capacity.listening(clock.instant());
      OtherMonitors others =
          new OtherMonitors(
              config.store().postgres().isPresent(),
              archive,
              alarms,
              references,
              catalogue,
              thresholds,
              judge,
              reported);
      every(timer, clock, judge::tick, reported::tick, notifier::tick, now -> service.tick());
      every(
          exchange,
          clock,
          now -> archive.flush(),
          now -> sharing.ifPresent(it -> it.tick(now)),
          capacity::tick,
          now -> others.tick());
      return new MonitorServer(
          server
              .onDrain(service::drain)
              .thenClose("timer", timer)
              .thenClose("exchange", exchange)
              .thenClose("claims", claiming)
              .thenClose("callbacks", callbacks)
              .thenClose("readers", readers)
              .thenClose("alarms", archive::flush)
              .thenClose("metrics", () -> sharing.ifPresent(it -> it.flush(clock.instant())))
              .thenClose("store", store)
              .thenClose("store_metrics", kept)
              .thenClose("own_metrics", metrics),
          dashboard);
    } catch (StoreException e) {
      StartException told = new StartException("cannot use the store: " + e.getMessage(), e);
      unwind.closeAfter(told);
      throw told;
    } catch (RuntimeException e) {
      unwind.closeAfter(e);
      throw e;
    }
  }

  private static SharedCores cores(DocumentStore documents, Duration kept) {
    return new SharedCores(
        UUID.randomUUID().toString(),
        new KeptDocuments<>(documents, "core_readings", new CoreReadingsCodec()),
        new KeptDocuments<>(documents, "cores", new CoresCodec()),
        kept);
  }

  /** What is kept in memory ends with the process, as what services reported does. */
  private static Optional<MetricExchange> sharing(
      StoreConfig config, MetricWindows stages, DocumentStore documents) {
    return config.lasting()
        ? Optional.of(
            new MetricExchange(
                UUID.randomUUID().toString(), stages, documents, config.postgres().isPresent()))
        : Optional.empty();
  }

  /** Empty if nobody wants to be posted to. */
  private static Optional<Consumer<Notification>> webhook(
      MonitorConfig config,
      DocumentStore documents,
      Scheduler scheduler,
      Executor claiming,
      InstantSource clock) {
    return config
        .alarms()
        .webhook()
        .map(hook -> new Webhook(hook, NotificationWriter::json, scheduler))
        .<Consumer<Notification>>map(
            hook ->
                config.store().postgres().isEmpty()
                    ? notification -> hook.accept(notification, () -> {})
                    : new Claims(
                        new KeptDocuments<>(documents, "claim", new ClaimCodec()),
                        hook,
                        claiming,
                        scheduler,
                        clock));
  }

  /**
   * Again and again until the timer is shut down, all at one time by the clock; a failure of one is
   * logged and ends neither it nor the others.
   */
  @SafeVarargs
  private static void every(
      ScheduledExecutorService timer, InstantSource clock, Consumer<Instant>... tasks) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              Instant now = clock.instant();
              for (Consumer<Instant> task : tasks) {
                try {
                  task.accept(now);
                } catch (RuntimeException e) {
                  LOG.atError().setCause(e).log("what is due every few seconds failed");
                }
              }
            },
            TICK.toMillis(),
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Counts what windows still have a place for; the rest would be dropped at the next record. */
  private static RecordConsumer counting(
      UtteranceWindows utterances, WindowLayout layout, InstantSource clock) {
    Instant from =
        clock.instant().minus(layout.kept()).minus(layout.widest()).minus(WindowLayout.FUTURE);
    return (utterance, ingested) -> {
      if (!ingested.isBefore(from)) {
        utterances.addIfKept(utterance, ingested);
      }
    };
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** The port of the dashboard; empty when it is turned off. */
  public OptionalInt dashboardPort() {
    return dashboard.port();
  }

  @Override
  public void close() {
    // Its calls would keep the server from draining.
    dashboard.close();
    server.close();
  }
}
