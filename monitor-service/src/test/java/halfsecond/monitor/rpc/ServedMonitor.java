// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.judge.Pace;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.objective.ObjectiveBook;
import halfsecond.monitor.objective.ObjectiveSettings;
import halfsecond.monitor.objective.ObjectiveWatch;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.trace.TraceStore;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** The service in-process at {@link TestRecords#NOW}, over a store in memory. */
final class ServedMonitor implements AutoCloseable {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));

  private final ExecutorService pool = NamedThreads.fixed("test-monitor", 2);
  private final UtteranceWindows windows =
      new UtteranceWindows(
          LAYOUT, new SeriesLimits(4, 4, 40), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final MonitorMetrics metrics =
      new MonitorMetrics(MeterProvider.noop().get("test"), windows::seriesCount);
  private final AlarmDesk alarms = new AlarmDesk(() -> TestRecords.NOW, AlarmArchive.NONE, 10);
  private final JudgeDesk judge =
      new JudgeDesk(
          new Judge(Watchlist.builtIn(), Pace.CONSUMER, 4),
          new ObjectiveBook(
              new ObjectiveWatch(ObjectiveSettings.DEFAULT, new BudgetShares(0.4, 0.1, 0.4, 0.1))),
          alarms);
  private final Store store =
      TestStores.open(
          TestStores.inMemory(),
          () -> TestRecords.NOW,
          windows::addIfKept,
          (utterance, ingested) -> judge.take(utterance, utterance.origin().eventTime()));
  private final TraceStore traces = new TraceStore(1_000_000);
  private final MonitorGrpcService service;
  private final Server server;
  private final ManagedChannel channel;

  ServedMonitor() throws IOException {
    this(10);
  }

  /**
   * @param mostReporters streams of either kind that may be open
   */
  ServedMonitor(int mostReporters) throws IOException {
    service =
        new TestServices(windows, LAYOUT, store, () -> TestRecords.NOW, pool)
            .service(alarms, metrics, mostReporters, traces);
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(pool)
            .addService(service)
            .intercept(new ErrorInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  MonitorServiceBlockingStub stub() {
    return MonitorServiceGrpc.newBlockingStub(channel);
  }

  TraceStore traces() {
    return traces;
  }

  /** As before it is shut down. */
  void drain() {
    service.drain();
  }

  /** Afterwards nothing can be read or written. */
  void closeStore() {
    store.close();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    pool.shutdownNow();
    store.close();
    metrics.close();
  }
}
