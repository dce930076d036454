// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.DecompressorRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Builds servers with the limits of a {@link Preset}, health, error mapping and telemetry; on
 * loopback also with reflection.
 */
public final class GrpcServers {
  private static final int QUEUED_CALLBACKS = 10_000;
  private static final int METADATA_SOFT_LIMIT = 4 * 1024;
  private static final int METADATA_HARD_LIMIT = 8 * 1024;

  private GrpcServers() {}

  /**
   * Threads for the callbacks of one server. Callbacks never block, so a few threads do; the caller
   * closes them.
   */
  public static ExecutorService callbacks(String name) {
    return NamedThreads.bounded(
        name, Math.max(2, Runtime.getRuntime().availableProcessors()), QUEUED_CALLBACKS);
  }

  /**
   * Begins a server.
   *
   * @param executor runs the callbacks of calls; the caller owns it and hands it to {@link
   *     GrpcServer#thenClose}
   */
  public static Builder builder(
      ServerConfig config, Preset preset, Telemetry telemetry, Executor executor) {
    return new Builder(config, preset, telemetry, executor);
  }

  /**
   * The same, with callbacks on the transport's own threads: one hop less for services that only
   * hand over and never block.
   */
  public static Builder builder(ServerConfig config, Preset preset, Telemetry telemetry) {
    return new Builder(config, preset, telemetry, null);
  }

  /** Collects what one server serves. */
  public static final class Builder {
    private final ServerConfig config;
    private final Preset preset;
    private final Telemetry telemetry;
    private final @Nullable Executor executor;
    private @Nullable EventLoops loops;
    private final List<BindableService> services = new ArrayList<>();
    private final List<ServerInterceptor> interceptors = new ArrayList<>();

    private Builder(
        ServerConfig config, Preset preset, Telemetry telemetry, @Nullable Executor executor) {
      this.config = config;
      this.preset = preset;
      this.telemetry = telemetry;
      this.executor = executor;
    }

    /** Serves on threads of its own in place of those that a process' servers share. */
    public Builder on(EventLoops threads) {
      loops = threads;
      return this;
    }

    public Builder service(BindableService service) {
      services.add(service);
      return this;
    }

    /**
     * Adds an interceptor inside of telemetry and error mapping; the one added first is called
     * first.
     */
    public Builder intercept(ServerInterceptor interceptor) {
      interceptors.add(interceptor);
      return this;
    }

    /**
     * Opens the port; health says SERVING from then on.
     *
     * @throws StartException if the port cannot be opened or the TLS files cannot be read
     */
    public GrpcServer start() {
      HealthStatusManager health = new HealthStatusManager();
      NettyServerBuilder builder = limited(credentials());
      services.forEach(builder::addService);
      builder.addService(health.getHealthService());
      if (config.isLoopback()) {
        builder.addService(ProtoReflectionServiceV1.newInstance());
      }
      builder.fallbackHandlerRegistry(new UnknownMethods());
      // gRPC calls the one that was added last first.
      for (int i = interceptors.size() - 1; i >= 0; i--) {
        builder.intercept(interceptors.get(i));
      }
      CallCounts calls = new CallCounts();
      builder.intercept(new ErrorInterceptor(calls));
      builder.intercept(telemetry.serverInterceptor());
      List<String> names =
          services.stream().map(s -> s.bindService().getServiceDescriptor().getName()).toList();
      return new GrpcServer(config, open(builder), health, names, calls);
    }

    private Server open(NettyServerBuilder builder) {
      try {
        return builder.build().start();
      } catch (IOException e) {
        throw new StartException(
            "cannot listen on "
                + config.host()
                + ":"
                + config.port()
                + ": the port is in use or the address is not this machine's; stop what uses it or set another port"
                + " (0 lets the system choose)",
            e);
      }
    }

    private ServerCredentials credentials() {
      TlsFiles tls = config.tls();
      return tls == null ? InsecureServerCredentials.create() : tls.serverCredentials();
    }

    private NettyServerBuilder limited(ServerCredentials credentials) {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(config.host(), config.port()), credentials)
              .handshakeTimeout(5, TimeUnit.SECONDS)
              .maxInboundMetadataSize(METADATA_SOFT_LIMIT, METADATA_HARD_LIMIT)
              // Audio does not compress, and what cannot be unpacked cannot be a bomb.
              .decompressorRegistry(DecompressorRegistry.emptyInstance());
      preset.apply(builder);
      if (loops != null) {
        loops.serve(builder);
      }
      return executor == null ? builder.directExecutor() : builder.executor(executor);
    }
  }
}
