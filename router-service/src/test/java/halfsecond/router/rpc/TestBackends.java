// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.backend.BackendMetrics;
import halfsecond.router.backend.TestClient;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.core.ConditionFactory;

/** The router's backends without a router. */
final class TestBackends {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  final Backends backends;

  /** Opens nothing yet; closed with the closer. */
  TestBackends(Closer closer, NameResolver resolver) {
    SdkMeterProvider meters =
        closer.register(SdkMeterProvider.builder().registerMetricReader(reader).build());
    ScheduledExecutorService timer = NamedThreads.timer("test-timer");
    closer.register(timer::shutdownNow);
    EventLoops loops = closer.register(new EventLoops("test-router", 2));
    backends =
        closer.register(
            new Backends(
                Telemetry.noop(),
                loops,
                Scheduler.on(timer),
                Runnable::run,
                resolver,
                new BackendMetrics(meters.get("test"))));
  }

  /** How many replicas of all services are ready and not left out. */
  long ready() {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(BackendMetrics.READY))
        .flatMap(metric -> metric.getLongGaugeData().getPoints().stream())
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  static ConditionFactory soon() {
    return await().atMost(TestClient.patience()).pollInterval(Duration.ofMillis(5));
  }
}
