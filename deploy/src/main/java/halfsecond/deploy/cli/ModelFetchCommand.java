// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelFetcher;
import halfsecond.deploy.view.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Installs the published model. */
@Command(
    name = "fetch",
    description = {
      "Installs the published English model (41 MB) as version 0. It ships with the program; without"
          + " that copy it comes from the local Maven repository or through Maven."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond model fetch",
      "  halfsecond model fetch ~/Downloads/vosk-model-en-0.3.45.aar"
    })
final class ModelFetchCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The archive, if you have it. Its SHA-256 must be the pinned one.")
  private @Nullable Path file;

  ModelFetchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Path> archive = Optional.ofNullable(file).or(() -> Models.archive(context));
    InstalledModel model;
    try (Progress progress = Progress.start(context.terminal(), "fetching the model")) {
      ModelFetcher fetcher = new ModelFetcher(Models.catalogue(context), Models.listener(progress));
      model = archive.isPresent() ? fetcher.fetch(archive.get()) : fetcher.fetch();
    }
    context.terminal().out().println(model.id() + " is installed in " + model.directory());
    return ExitCode.OK;
  }
}
