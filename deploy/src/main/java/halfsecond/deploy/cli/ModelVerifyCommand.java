// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.CatalogueListing;
import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.model.ModelProblem;
import halfsecond.deploy.view.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares model files with their manifests. */
@Command(
    name = "verify",
    description = {
      "Reads every file of the model versions and compares it with the SHA-256 in the manifest."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond model verify",
      "  halfsecond model verify en-small@2",
      "",
      "Ends with 0 when all files are as they should be, else with 78."
    })
final class ModelVerifyCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME@VERSION",
      description = "Which versions. Default: all.")
  private List<ModelId> wanted = new ArrayList<>();

  ModelVerifyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    ModelCatalogue catalogue = Models.catalogue(context);
    PrintStream out = context.terminal().out();
    CatalogueListing listing = catalogue.list();
    boolean intact = true;
    if (wanted.isEmpty()) {
      wanted = listing.models().stream().map(InstalledModel::id).toList();
      listing.damaged().forEach(model -> out.println(model.directory() + ": " + model.problem()));
      intact = listing.damaged().isEmpty();
    }
    for (ModelId id : wanted) {
      List<ModelProblem> problems = verify(catalogue, id);
      out.println(id + (problems.isEmpty() ? ": intact" : ": damaged"));
      problems.forEach(
          problem ->
              out.printf(
                  Locale.ROOT,
                  "  %-8s %s%n",
                  problem.kind().name().toLowerCase(Locale.ROOT),
                  problem.path()));
      intact &= problems.isEmpty();
    }
    return intact ? ExitCode.OK : ExitCode.CONFIG;
  }

  private List<ModelProblem> verify(ModelCatalogue catalogue, ModelId id) throws IOException {
    try (Progress ignored = Progress.start(context.terminal(), "verifying " + id)) {
      return catalogue.verify(id);
    }
  }
}
