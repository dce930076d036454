// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.telemetry.Telemetry;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens channels between our own services. */
public final class GrpcChannels {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcChannels.class);
  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(2);

  private GrpcChannels() {}

  /**
   * A channel that notices a dead connection within 12 s, never retries by itself (replaying audio
   * is the router's), and sends the trace context along. It connects on first use; the caller
   * closes it.
   *
   * @param executor runs the callbacks of calls; owned by the caller
   */
  public static ManagedChannel open(ChannelConfig config, Telemetry telemetry, Executor executor) {
    return builder(config, telemetry).executor(executor).build();
  }

  /**
   * The same, with its connection and the callbacks of its calls on one of {@code loops}: for
   * callbacks that never block.
   *
   * @param thread its number
   */
  public static ManagedChannel openOn(
      EventLoops loops, int thread, ChannelConfig config, Telemetry telemetry) {
    NettyChannelBuilder builder = builder(config, telemetry).directExecutor();
    loops.connect(builder, thread);
    return builder.build();
  }

  private static NettyChannelBuilder builder(ChannelConfig config, Telemetry telemetry) {
    TlsFiles tls = config.tls();
    ChannelCredentials credentials =
        tls == null ? InsecureChannelCredentials.create() : tls.channelCredentials();
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(config.host(), config.port(), credentials)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(2, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .disableRetry()
            .intercept(telemetry.clientInterceptor());
    String certified = config.certified();
    if (certified != null) {
      builder.overrideAuthority(certified);
    }
    return builder;
  }

  /**
   * Closes the channel: no new calls, and after {@code grace} open ones are cancelled. Waits for
   * their callbacks, so that the executor may be closed next.
   */
  public static AutoCloseable closing(ManagedChannel channel, Duration grace) {
    return () -> {
      channel.shutdown();
      try {
        if (!channel.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
          channel.shutdownNow();
          if (!channel.awaitTermination(CANCEL_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.atWarn()
                .addKeyValue("target", channel.authority())
                .log("channel did not terminate");
          }
        }
      } catch (InterruptedException e) {
        channel.shutdownNow();
        Thread.currentThread().interrupt();
      }
    };
  }
}
