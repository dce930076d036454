// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.record.RecordQueue;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.VadPort;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The router's channels and what is reached through them. Channels connect when first used, so a
 * backend that is not there yet does not keep the router from starting. Closing it closes
 * everything opened through it, newest first.
 */
public final class Backends implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Closer closer = new Closer();
  private final Telemetry telemetry;
  private final Scheduler scheduler;
  private final Executor callbacks;

  /**
   * @param callbacks runs what backends report; owned by the caller, who closes it after this
   */
  public Backends(Telemetry telemetry, Scheduler scheduler, Executor callbacks) {
    this.telemetry = telemetry;
    this.scheduler = scheduler;
    this.callbacks = callbacks;
  }

  /** The detector; see {@link GrpcVad}. */
  public VadPort detector(ChannelConfig config, Duration backstop) {
    return new GrpcVad(open(config), scheduler, backstop);
  }

  /** Recognition and its models, which are watched from now on. */
  public Asr recognition(
      ChannelConfig config, GrpcRecognition.Settings settings, Duration watchInterval) {
    ManagedChannel channel = open(config);
    AsrModels models = closer.register(new AsrModels(channel, scheduler, watchInterval));
    models.start();
    return new Asr(new GrpcRecognition(channel, scheduler, settings), models);
  }

  /** Recognition and what it has loaded. */
  public record Asr(RecognitionPort recognition, AsrModels models) {}

  /** Sends what the queue holds to the monitor from now on. */
  public void report(
      ChannelConfig config, String instance, RecordQueue queue, RecordMessages messages) {
    closer
        .register(
            new MonitorReporter(open(config), instance, queue, messages, scheduler, callbacks))
        .start();
  }

  private ManagedChannel open(ChannelConfig config) {
    ManagedChannel channel = GrpcChannels.open(config, telemetry, callbacks);
    AutoCloseable unused = closer.register(GrpcChannels.closing(channel, GRACE));
    return channel;
  }

  @Override
  public void close() {
    closer.close();
  }
}
