// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import halfsecond.asr.AsrConfig;
import halfsecond.asr.AsrServer;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.common.telemetry.TelemetryConfig;
import halfsecond.deploy.client.Endpoint;
import halfsecond.monitor.MonitorConfig;
import halfsecond.monitor.MonitorServer;
import halfsecond.router.RouterConfig;
import halfsecond.router.RouterServer;
import halfsecond.vad.VadConfig;
import halfsecond.vad.VadServer;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The four services in this JVM. They still speak gRPC over sockets to each other. */
public final class EmbeddedPipeline implements Pipeline {

  private final Closer closer;
  private final Map<Service, Endpoint> endpoints;

  private EmbeddedPipeline(Closer closer, Map<Service, Endpoint> endpoints) {
    this.closer = closer;
    this.endpoints = Collections.unmodifiableMap(endpoints);
  }

  /**
   * Starts all four; when it returns they serve. The router's backends, and the monitor that all
   * report to, are set to the ports that these got, whatever {@code config} says about them.
   *
   * @param config of all services, see {@link PipelineConfig}
   * @param spans told of the spans of all services
   * @throws halfsecond.common.config.ConfigException when a section is wrong
   * @throws halfsecond.common.lifecycle.StartException when a service cannot start, e.g. because
   *     its port is in use
   */
  public static EmbeddedPipeline start(Config config, List<SpanProcessor> spans) {
    Closer closer = new Closer();
    try {
      return new EmbeddedPipeline(closer, startAll(config, spans, closer));
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  private static Map<Service, Endpoint> startAll(
      Config config, List<SpanProcessor> spans, Closer closer) {
    Map<Service, Endpoint> endpoints = new EnumMap<>(Service.class);
    MonitorConfig monitor = MonitorConfig.load(config);
    Telemetry ofMonitor = telemetry(Service.MONITOR, monitor.telemetry(), spans, closer);
    int monitorPort = closer.register(MonitorServer.start(monitor, ofMonitor)).port();
    endpoints.put(Service.MONITOR, Endpoint.loopback(monitorPort));
    Config reporting = PipelineConfig.withBackends(config, endpoints);

    VadConfig vad = VadConfig.load(reporting);
    Telemetry ofVad = telemetry(Service.VAD, vad.telemetry(), spans, closer);
    int vadPort = closer.register(VadServer.start(vad, ofVad)).port();
    endpoints.put(Service.VAD, Endpoint.loopback(vadPort));

    AsrConfig asr = AsrConfig.load(reporting);
    Telemetry ofAsr = telemetry(Service.ASR, asr.telemetry(), spans, closer);
    int asrPort = closer.register(AsrServer.start(asr, ofAsr)).port();
    endpoints.put(Service.ASR, Endpoint.loopback(asrPort));

    RouterConfig router = RouterConfig.load(PipelineConfig.withBackends(config, endpoints));
    Telemetry ofRouter = telemetry(Service.ROUTER, router.telemetry(), spans, closer);
    int routerPort = closer.register(RouterServer.start(router, ofRouter)).port();
    endpoints.put(Service.ROUTER, Endpoint.loopback(routerPort));
    return endpoints;
  }

  private static Telemetry telemetry(
      Service service, TelemetryConfig config, List<SpanProcessor> spans, Closer closer) {
    return closer.register(Telemetry.create(service.word() + "-service", config, spans));
  }

  @Override
  public Map<Service, Endpoint> endpoints() {
    return endpoints;
  }

  /** Drains and stops the services, the router first, and their telemetry after each. */
  @Override
  public void close() {
    closer.close();
  }
}
