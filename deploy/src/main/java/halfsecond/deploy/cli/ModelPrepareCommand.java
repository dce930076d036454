// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.GraphChoice;
import halfsecond.asr.model.PreparedModels;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the versions that serve. */
@Command(
    name = "prepare",
    description = {
      "Makes the versions that serve from the published model, and checks each against it on speech"
          + " clips. Where OpenFst is installed they get a static graph: a minute of work once, then"
          + " recognition ten times as fast."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond model prepare",
      "  halfsecond model prepare --graph required",
      "",
      "OpenFst on Debian: apt-get install libfst-tools libfst22-plugins-base"
    })
final class ModelPrepareCommand implements Callable<Integer> {

  /** The choices as a person types them. */
  enum Graph {
    AUTO(GraphChoice.WHERE_POSSIBLE),
    REQUIRED(GraphChoice.REQUIRED),
    NEVER(GraphChoice.NEVER);

    private final GraphChoice choice;

    Graph(GraphChoice choice) {
      this.choice = choice;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final CommandContext context;

  @Option(
      names = "--graph",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Compose the static graph: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
  private Graph graph = Graph.AUTO;

  ModelPrepareCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PreparedModels prepared = Models.ensurePrepared(context, graph.choice);
    String state = prepared.changed() ? " is ready" : " was ready";
    prepared
        .models()
        .forEach(
            model ->
                context
                    .terminal()
                    .out()
                    .println(
                        model.id()
                            + state
                            + (model.manifest().hasStaticGraph()
                                ? ", static graph"
                                : ", stock graph")));
    return ExitCode.OK;
  }
}
