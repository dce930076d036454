// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.measure.MeasurementSource;
import halfsecond.common.measure.ProcessUse;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tells the monitor every few seconds how a service is, on a thread of its own. Whether the monitor
 * is there makes no difference to the service: see {@link StageReports}. Safe for use by any
 * thread.
 */
public final class StageReporter implements AutoCloseable {
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Closer closer = new Closer();
  private final ReportConfig config;
  private final ScheduledExecutorService thread;
  private final Scheduler scheduler;
  private final ManagedChannel channel;

  /**
   * Opens a channel, without connecting.
   *
   * @throws StartException if the TLS files cannot be read
   */
  public StageReporter(ReportConfig config, Telemetry telemetry) {
    this.config = config;
    this.thread = NamedThreads.timer("stage-reports");
    closer.register(thread::shutdownNow);
    this.scheduler = Scheduler.on(thread);
    try {
      this.channel = GrpcChannels.open(config.monitor(), telemetry, thread);
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
    closer.register(GrpcChannels.closing(channel, GRACE));
  }

  /**
   * Reports from now on, until the server stops, which closes this. Returns at once. To be called
   * once.
   *
   * @param stage what the names of what every service measures begin with, e.g. {@code vad}
   * @param server whose calls are counted
   * @param own what this service knows besides
   */
  public void report(String stage, GrpcServer server, MeasurementSource own) {
    String instance =
        config.instance().isEmpty() ? InstanceNames.of(stage, server.port()) : config.instance();
    StageReports reports =
        new StageReports(
            listener -> {
              // The channel waits up to two minutes between attempts; how long to wait is known
              // here.
              channel.resetConnectBackoff();
              return GrpcStageStream.open(channel, instance, listener);
            },
            List.of(new ServiceMeasurements(stage, server.calls(), new ProcessUse(scheduler)), own),
            config.interval(),
            scheduler,
            InstantSource.system());
    closer.register(() -> thread.execute(reports::close));
    thread.execute(reports::start);
    server.thenClose("stage_reports", this);
  }

  /** Ends reporting without a last word; as a rule within half a second. */
  @Override
  public void close() {
    closer.close();
  }
}
