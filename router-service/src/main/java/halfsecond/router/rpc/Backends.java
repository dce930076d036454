// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.backend.BackendMetrics;
import halfsecond.router.backend.Fleet;
import halfsecond.router.backend.Replica;
import halfsecond.router.backend.SlowReplicas;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.record.RecordQueue;
import halfsecond.router.redo.RedoQueue;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.VadPort;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The router's channels and what is reached through them. A backend that is not there yet does not
 * keep the router from starting. Closing it closes everything opened through it, newest first.
 */
public final class Backends implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration EJECTION = Duration.ofSeconds(5);
  private static final Duration LONGEST_EJECTION = Duration.ofSeconds(30);

  private final Closer closer = new Closer();
  private final Telemetry telemetry;
  private final EventLoops loops;
  private final Scheduler scheduler;
  private final Executor callbacks;
  private final NameResolver resolver;
  private final Fleet<VadLink> detectors;
  private final Fleet<AsrLink> recognizers;

  /**
   * @param loops carry the streams of detection and recognition; owned by the caller, who closes
   *     them after this
   * @param callbacks runs what the monitor reports; owned by the caller, who closes it after this
   * @param resolver finds the addresses of names
   */
  public Backends(
      Telemetry telemetry,
      EventLoops loops,
      Scheduler scheduler,
      Executor callbacks,
      NameResolver resolver,
      BackendMetrics metrics) {
    this.telemetry = telemetry;
    this.loops = loops;
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.resolver = resolver;
    this.detectors = new Fleet<>("vad", metrics, Backends::random);
    this.recognizers = new Fleet<>("asr", metrics, Backends::random);
    AutoCloseable unused = closer.register(metrics.expose(List.of(detectors, recognizers)));
  }

  /** The detectors; see {@link GrpcVad}. */
  public VadPort detector(PoolConfig config, Duration backstop) {
    closer
        .register(
            new Pool<>(config, resolver, scheduler, telemetry, loops, detectors, this::vadLink))
        .start();
    return new GrpcVad(detectors, scheduler, backstop);
  }

  /**
   * Recognition and its models, which are watched from now on.
   *
   * @param costs learns what clips cost
   */
  public Asr recognition(
      PoolConfig config,
      GrpcRecognition.Settings settings,
      Duration watchInterval,
      UsualCosts costs) {
    closer
        .register(
            new Pool<>(
                config,
                resolver,
                scheduler,
                telemetry,
                loops,
                recognizers,
                (target, connections) -> asrLink(target, connections, watchInterval)))
        .start();
    SlowReplicas slow = new SlowReplicas(recognizers, scheduler);
    AutoCloseable unused =
        closer.register(new Repeating(scheduler, SlowReplicas.INTERVAL, slow::check).start());
    return new Asr(
        new GrpcRecognition(recognizers, costs, scheduler, settings),
        new AsrModels(recognizers),
        recognizers);
  }

  private static int random(int below) {
    return ThreadLocalRandom.current().nextInt(below);
  }

  private VadLink vadLink(ChannelConfig target, Connections connections) {
    return new VadLink(replica(target, VadLink.INTERVAL), connections, scheduler);
  }

  private AsrLink asrLink(ChannelConfig target, Connections connections, Duration interval) {
    return new AsrLink(replica(target, interval), connections, scheduler, interval);
  }

  private Replica replica(ChannelConfig target, Duration signOfLife) {
    Duration fresh = signOfLife.multipliedBy(3).plusSeconds(1);
    return new Replica(target.target(), scheduler, fresh, EJECTION, LONGEST_EJECTION);
  }

  /** Recognition, what it has loaded, and how busy it is. */
  public record Asr(RecognitionPort recognition, AsrModels models, Fleet<?> fleet) {}

  /** Sends what the queue holds to the monitor from now on. */
  public void report(
      ChannelConfig config,
      String instance,
      RecordQueue queue,
      RecordMessages messages,
      RedoQueue redos) {
    ManagedChannel channel = GrpcChannels.open(config, telemetry, callbacks);
    AutoCloseable unused = closer.register(GrpcChannels.closing(channel, GRACE));
    closer
        .register(new MonitorReporter(channel, instance, queue, messages, scheduler, callbacks))
        .start();
    closer.register(new RedoReporter(channel, redos, scheduler, callbacks)).start();
  }

  @Override
  public void close() {
    closer.close();
  }
}
