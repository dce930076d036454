// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.Message;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.web.Api;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The methods of the contract that the page may call, with JSON for protobuf. Calls go through a
 * server within the process, so that errors, telemetry, flow control and cancelling are those of
 * every other caller. Reporting is not for pages, and neither are thresholds. Safe for use by any
 * thread.
 */
public final class JsonApi implements Api, AutoCloseable {
  private static final long STOP_SECONDS = 5;

  private static final List<MethodDescriptor<? extends Message, ? extends Message>> SERVED =
      List.of(
          MonitorServiceGrpc.getGetStageSummaryMethod(),
          MonitorServiceGrpc.getQuerySeriesMethod(),
          MonitorServiceGrpc.getGetDistributionMethod(),
          MonitorServiceGrpc.getListCohortsMethod(),
          MonitorServiceGrpc.getListMetricsMethod(),
          MonitorServiceGrpc.getListUtterancesMethod(),
          MonitorServiceGrpc.getGetUtteranceMethod(),
          MonitorServiceGrpc.getListAlarmsMethod(),
          MonitorServiceGrpc.getWatchAlarmsMethod(),
          MonitorServiceGrpc.getUpdateAlarmMethod());

  private final Server server;
  private final ManagedChannel channel;
  private final Map<String, Api.Method> methods;

  private JsonApi(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
    this.methods =
        SERVED.stream()
            .map(method -> new JsonMethod<>(method, channel))
            .collect(Collectors.toUnmodifiableMap(JsonMethod::path, Function.identity()));
  }

  /**
   * Over a service.
   *
   * @param pool runs its methods; owned by the caller and closed after this
   */
  public static JsonApi over(BindableService service, Telemetry telemetry, Executor pool) {
    String name = InProcessServerBuilder.generateName();
    try {
      Server server =
          InProcessServerBuilder.forName(name)
              .executor(pool)
              .addService(service)
              .intercept(new ErrorInterceptor())
              .intercept(telemetry.serverInterceptor())
              .build()
              .start();
      return new JsonApi(server, InProcessChannelBuilder.forName(name).directExecutor().build());
    } catch (IOException e) {
      throw new UncheckedIOException("a name within the process is always free", e);
    }
  }

  @Override
  public Optional<Api.Method> method(String path) {
    return Optional.ofNullable(methods.get(path));
  }

  /** Cuts the calls that are open. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
