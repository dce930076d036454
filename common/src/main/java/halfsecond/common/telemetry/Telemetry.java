// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.telemetry;

import halfsecond.common.lifecycle.StartException;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces and metrics of one service. Nothing leaves the process unless {@code OTEL_*} variables (or
 * system properties) or the configuration ask for it; context always travels in W3C form. Several
 * instances may live in one JVM. Safe for use by any thread.
 */
public final class Telemetry implements AutoCloseable {
  private final OpenTelemetry openTelemetry;
  private final GrpcTelemetry grpc;
  private final Runnable close;

  private Telemetry(OpenTelemetry openTelemetry, Runnable close) {
    this.openTelemetry = openTelemetry;
    // One span event per message would fill the spans of an audio stream.
    this.grpc = GrpcTelemetry.builder(openTelemetry).setEmitMessageEvents(false).build();
    this.close = close;
  }

  /**
   * Sets up the SDK.
   *
   * @param serviceName the resource's {@code service.name}, unless {@code OTEL_SERVICE_NAME} says
   *     otherwise
   * @param extra told of every span beside the configured exporter; closed with this
   * @throws StartException if an exporter cannot start, e.g. because the port of the metrics
   *     endpoint is taken
   */
  public static Telemetry create(
      String serviceName, TelemetryConfig config, List<SpanProcessor> extra) {
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> defaults(serviceName, config))
              .addTracerProviderCustomizer(
                  (provider, properties) -> {
                    extra.forEach(provider::addSpanProcessor);
                    return provider;
                  })
              .build()
              .getOpenTelemetrySdk();
      return new Telemetry(sdk, sdk::close);
    } catch (RuntimeException e) {
      throw new StartException(
          "telemetry cannot start: check the OTEL_* variables"
              + (config.prometheus()
                  ? " and that nothing else uses "
                      + config.host()
                      + ":"
                      + config.port()
                      + " (prometheus.port)"
                  : ""),
          e);
    }
  }

  /** Over an SDK that the caller owns: closing this leaves it open. */
  public static Telemetry over(OpenTelemetry openTelemetry) {
    return new Telemetry(openTelemetry, () -> {});
  }

  /** Records nothing and propagates nothing. */
  public static Telemetry noop() {
    return over(OpenTelemetry.noop());
  }

  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /**
   * Makes spans.
   *
   * @param name of the instrumenting package
   */
  public Tracer tracer(String name) {
    return openTelemetry.getTracer(name);
  }

  public Meter meter(String name) {
    return openTelemetry.getMeter(name);
  }

  /** Joins the caller's trace and opens a span for each call. */
  public ServerInterceptor serverInterceptor() {
    return grpc.createServerInterceptor();
  }

  /** Opens a span for each call and sends its context along. */
  public ClientInterceptor clientInterceptor() {
    return grpc.createClientInterceptor();
  }

  /** Flushes and stops the exporters; waits for them up to some seconds. */
  @Override
  public void close() {
    close.run();
  }

  /** Lower in rank than environment variables and system properties. */
  private static Map<String, String> defaults(String serviceName, TelemetryConfig config) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.service.name", serviceName);
    properties.put("otel.traces.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.metrics.exporter", config.prometheus() ? "prometheus" : "none");
    // The exporter's own default is every interface.
    properties.put("otel.exporter.prometheus.host", config.host());
    properties.put("otel.exporter.prometheus.port", Integer.toString(config.port()));
    properties.put("otel.propagators", "tracecontext,baggage");
    // A slow final in a histogram then leads to its trace.
    properties.put("otel.metrics.exemplar.filter", "trace_based");
    return properties;
  }
}
