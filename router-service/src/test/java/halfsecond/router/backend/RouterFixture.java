// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.RouterConfig;
import halfsecond.router.RouterServer;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A router between scripted backends, all on loopback, and a channel to it. */
public final class RouterFixture implements AutoCloseable {
  public final ScriptedVad vad = new ScriptedVad();
  public final ScriptedAsr asr = new ScriptedAsr();
  public final ScriptedMonitor monitor = new ScriptedMonitor();
  private final Closer closer = new Closer();
  private @Nullable RouterServer router;
  private @Nullable ManagedChannel channel;

  /**
   * Starts everything.
   *
   * @param hocon what differs from the default configuration
   */
  public RouterFixture start(String hocon, Telemetry telemetry, ServerInterceptor... atAsr) {
    ExecutorService pool = NamedThreads.fixed("backends", 4);
    AutoCloseable unused = closer.register(NamedThreads.closing(pool, Duration.ofSeconds(1)));
    int vadPort = serve(vad, pool).port();
    int asrPort = serve(asr, pool, atAsr).port();
    int monitorPort = serve(monitor, pool).port();
    String targets =
        """
        halfsecond.router {
          server { port = 0, drain.grace = 4 s }
          vad.target = "127.0.0.1:%d"
          asr.target = "127.0.0.1:%d"
          monitor.target = "127.0.0.1:%d"
          limits.check-interval = 20 ms
          models.watch-interval = 100 ms
          # The scripted backend gives no signs of life.
          replay.hang-after = 10 s
        }
        """
            .formatted(vadPort, asrPort, monitorPort);
    RouterConfig config =
        RouterConfig.load(
            ConfigFactory.parseString(hocon)
                .withFallback(ConfigFactory.parseString(targets))
                .withFallback(ConfigFactory.load())
                .resolve());
    router = closer.register(RouterServer.start(config, telemetry));
    channel = GrpcChannels.open(ChannelConfig.loopback(router.port()), Telemetry.noop(), pool);
    closer.register(GrpcChannels.closing(channel, Duration.ofSeconds(1)));
    return this;
  }

  public RouterFixture start(String hocon) {
    return start(hocon, Telemetry.noop());
  }

  private GrpcServer serve(
      BindableService service, ExecutorService pool, ServerInterceptor... interceptors) {
    GrpcServers.Builder builder =
        GrpcServers.builder(ServerConfig.loopback(), Preset.INNER, Telemetry.noop(), pool)
            .service(service);
    for (ServerInterceptor interceptor : interceptors) {
      builder.intercept(interceptor);
    }
    return closer.register(builder.start());
  }

  public ManagedChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("not started");
    }
    return channel;
  }

  /** Drains the router; the backends stay. */
  public void stopRouter() {
    if (router != null) {
      router.close();
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
