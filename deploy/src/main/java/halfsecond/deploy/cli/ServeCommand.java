// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import com.typesafe.config.Config;
import halfsecond.asr.model.GraphChoice;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.Pipeline;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.ProcessPipeline;
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
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the suite until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the four services on this machine until Ctrl-C or SIGTERM, then drains them."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond serve",
      "  halfsecond serve --processes",
      "  halfsecond serve --config my.conf",
      "  halfsecond status",
      "",
      "A configuration file is HOCON; every key is explained in the reference.conf of its service, and",
      "docs/operations.md lists the ones that matter. Without a file: router 7600, vad 7601, asr 7602,",
      "monitor 7603, all on 127.0.0.1."
    })
final class ServeCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that differ from the defaults, for all services in one file.")
  private @Nullable Path config;

  @Option(
      names = "--processes",
      description =
          "One process for each service instead of one for all; when one ends, the rest stop.")
  private boolean processes;

  ServeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Config loaded = PipelineConfig.load(Optional.ofNullable(config), context.home().models());
    // A catalogue that the operator names is the operator's to fill.
    if (PipelineConfig.models(loaded).equals(context.home().models())) {
      Models.ensurePrepared(context, GraphChoice.WHERE_POSSIBLE);
    }
    return processes ? inProcesses(loaded) : inThisProcess(loaded);
  }

  private int inThisProcess(Config loaded) {
    try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(loaded, List.of())) {
      announce(pipeline, List.of());
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // Ctrl-C or SIGTERM: leaving the block has drained the services, which is what was asked for.
      return stopped();
    }
    throw new IllegalStateException("nothing opens that latch");
  }

  private int inProcesses(Config loaded) throws IOException, ExecutionException {
    try (ProcessPipeline pipeline = start(loaded)) {
      announce(pipeline, pipeline.processes());
      ServiceProcess ended = pipeline.firstExit().get();
      context
          .terminal()
          .err()
          .println(
              "halfsecond: "
                  + ended.service().word()
                  + " ended with exit code "
                  + ended.onExit().join()
                  + " (see "
                  + ended.log()
                  + "); stopping the others");
      return ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      return stopped();
    }
  }

  private ProcessPipeline start(Config loaded) throws IOException, InterruptedException {
    try (Progress progress = Progress.start(context.terminal(), "starting four processes")) {
      return ProcessPipeline.start(loaded, context.home().path().resolve("run"));
    }
  }

  private void announce(Pipeline pipeline, List<ServiceProcess> running) {
    PrintStream out = context.terminal().out();
    pipeline
        .endpoints()
        .forEach(
            (service, endpoint) -> out.printf(Locale.ROOT, "%-8s %s%n", service.word(), endpoint));
    for (ServiceProcess process : running) {
      out.printf(
          Locale.ROOT,
          "%-8s process %d, log %s%n",
          process.service().word(),
          process.pid(),
          process.log());
    }
    out.println("ready: clients connect to " + pipeline.router() + "; Ctrl-C drains and stops");
    out.flush();
  }

  private int stopped() {
    context.terminal().out().println("stopped");
    return ExitCode.OK;
  }
}
