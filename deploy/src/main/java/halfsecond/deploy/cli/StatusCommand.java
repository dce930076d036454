// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.HealthProbe;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.Service;
import io.grpc.ManagedChannel;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks each service how it is. */
@Command(
    name = "status",
    description = {"Asks each service for its health (grpc.health.v1) and prints a table."},
    footer = {
      "",
      "Examples:",
      "  halfsecond status",
      "  halfsecond status --router 127.0.0.1:17600 || echo 'something is down'",
      "",
      "Ends with 0 when all serve, else with 69."
    })
final class StatusCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--router",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7600",
      description = "Default ${DEFAULT-VALUE}.")
  private Endpoint router = Endpoint.loopback(7600);

  @Option(
      names = "--vad",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "One or more, separated by commas. Default: those of the serve whose router that is, else"
              + " 127.0.0.1:7601.")
  private List<Endpoint> vad = List.of();

  @Option(
      names = "--asr",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "The same. Default: likewise, else 127.0.0.1:7602.")
  private List<Endpoint> asr = List.of();

  @Option(
      names = "--monitor",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "The same. Default: likewise, else 127.0.0.1:7603.")
  private List<Endpoint> monitor = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "1500",
      description = "How long to wait for each, in milliseconds. Default ${DEFAULT-VALUE}.")
  private int timeoutMillis;

  @Mixin private final TlsOptions tls = new TlsOptions();

  StatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<Service, List<Endpoint>> running =
        PipelineConfig.replicasIn(context.home().run(Integer.toString(router.port())));
    Map<String, Endpoint> services = new LinkedHashMap<>();
    services.put("router", router);
    add(services, "vad", vad, running.getOrDefault(Service.VAD, local(7601)));
    add(services, "asr", asr, running.getOrDefault(Service.ASR, local(7602)));
    add(services, "monitor", monitor, running.getOrDefault(Service.MONITOR, local(7603)));
    PrintStream out = context.terminal().out();
    out.printf(Locale.ROOT, "%-9s %-22s %-12s %s%n", "SERVICE", "ADDRESS", "HEALTH", "ANSWERED IN");
    boolean healthy = true;
    for (Map.Entry<String, Endpoint> service : services.entrySet()) {
      HealthProbe.Answer answer = ask(service.getValue());
      healthy &= answer.serving();
      out.printf(
          Locale.ROOT,
          "%-9s %-22s %-12s %s%n",
          service.getKey(),
          service.getValue(),
          answer.state(),
          answer.took().map(took -> took.toMillis() + " ms").orElse("-"));
    }
    return healthy ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private static List<Endpoint> local(int port) {
    return List.of(Endpoint.loopback(port));
  }

  private static void add(
      Map<String, Endpoint> services, String name, List<Endpoint> named, List<Endpoint> found) {
    List<Endpoint> endpoints = named.isEmpty() ? found : named;
    for (int i = 0; i < endpoints.size(); i++) {
      services.put(endpoints.size() == 1 ? name : name + "-" + i, endpoints.get(i));
    }
  }

  private HealthProbe.Answer ask(Endpoint endpoint) {
    ManagedChannel channel = tls.open(endpoint);
    try {
      return HealthProbe.ask(channel, Duration.ofMillis(timeoutMillis));
    } finally {
      channel.shutdownNow();
    }
  }
}
