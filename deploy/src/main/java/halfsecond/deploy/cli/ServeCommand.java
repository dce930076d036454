// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import com.typesafe.config.Config;
import halfsecond.asr.model.GraphChoice;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.pipeline.ServiceProcess;
import halfsecond.deploy.view.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the suite until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the services on this machine until Ctrl-C or SIGTERM, then drains them. Each runs in a"
          + " process of its own, recognition in two: one that ends or hangs is started again."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond serve",
      "  halfsecond serve --asr-replicas 4 --vad-replicas 2",
      "  halfsecond serve --single-jvm",
      "  halfsecond serve --config my.conf",
      "  halfsecond status",
      "",
      "A configuration file is HOCON; every key is explained in the reference.conf of its service, and",
      "docs/operations.md lists the ones that matter. Without a file: router 7600, vad 7601, asr 7602,",
      "monitor 7603, dashboard 7680, all on 127.0.0.1; a second replica of asr 7612, a third one 7622,",
      "and so on."
    })
final class ServeCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that differ from the defaults, for all services in one file.")
  private @Nullable Path config;

  @Option(
      names = "--asr-replicas",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Processes that recognize, 1 to 16. Each holds the models in memory; together they use"
              + " the cores of this machine. Default ${DEFAULT-VALUE}.")
  private int asrReplicas;

  @Option(
      names = "--vad-replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes that find utterances, 1 to 16. Default ${DEFAULT-VALUE}.")
  private int vadReplicas;

  @Option(
      names = "--single-jvm",
      description = "All services in this process: less memory, and nothing survives a crash.")
  private boolean singleJvm;

  ServeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    ReplicaCounts counts = counts();
    Config loaded =
        keeping(PipelineConfig.load(Optional.ofNullable(config), context.home().models()));
    // A catalogue that the operator names is the operator's to fill.
    if (PipelineConfig.models(loaded).equals(context.home().models())) {
      Models.ensurePrepared(context, GraphChoice.WHERE_POSSIBLE);
    }
    if (singleJvm) {
      inThisProcess(loaded);
    } else {
      inProcesses(loaded, counts);
    }
    context.terminal().out().println("stopped");
    return ExitCode.OK;
  }

  private ReplicaCounts counts() {
    try {
      return new ReplicaCounts(asrReplicas, vadReplicas);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void inThisProcess(Config loaded) {
    try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(loaded, List.of())) {
      PrintStream out = context.terminal().out();
      pipeline
          .endpoints()
          .forEach(
              (service, endpoint) ->
                  out.printf(Locale.ROOT, "%-8s %s%n", service.word(), endpoint));
      serveUntilTold(pipeline.router().toString(), PipelineConfig.dashboard(loaded));
    }
  }

  private void inProcesses(Config loaded, ReplicaCounts counts)
      throws IOException, InterruptedException {
    try (ProcessPipeline pipeline = start(loaded, counts)) {
      PrintStream out = context.terminal().out();
      for (ServiceProcess process : pipeline.processes()) {
        out.printf(
            Locale.ROOT,
            "%-8s %-15s  process %d, log %s%n",
            process.replica().name(),
            process.endpoint(),
            process.pid(),
            process.log());
      }
      serveUntilTold(pipeline.router().toString(), pipeline.dashboard());
    }
  }

  private ProcessPipeline start(Config loaded, ReplicaCounts counts)
      throws IOException, InterruptedException {
    try (Progress progress = Progress.start(context.terminal(), "starting the processes")) {
      return ProcessPipeline.start(
          loaded,
          ProcessPipeline.Options.of(counts).withEvents(new ReportedEvents(context.terminal())),
          runFolder(PipelineConfig.port(loaded, Service.ROUTER)));
    }
  }

  /** Where another {@code serve} on the same port finds it; on a free port none would. */
  private Config keeping(Config loaded) {
    int router = PipelineConfig.port(loaded, Service.ROUTER);
    return router == 0
        ? loaded
        : PipelineConfig.keepingIn(loaded, context.home().monitor(Integer.toString(router)));
  }

  /** By the router's port, which is what tells pipelines apart; a free one is not known yet. */
  private Path runFolder(int router) {
    return context
        .home()
        .run(router == 0 ? "process-" + ProcessHandle.current().pid() : Integer.toString(router));
  }

  /** Ctrl-C or SIGTERM ends the waiting; the caller then drains the services. */
  private void serveUntilTold(String router, Optional<String> dashboard) {
    PrintStream out = context.terminal().out();
    dashboard.ifPresent(address -> out.println("dashboard: " + address));
    out.println("ready: clients connect to " + router + "; Ctrl-C drains and stops");
    out.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // What was asked for.
      return;
    }
    throw new IllegalStateException("nothing opens that latch");
  }
}
