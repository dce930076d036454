// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.GraphChoice;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelSetup;
import halfsecond.asr.model.PreparedModels;
import halfsecond.asr.model.ProgressListener;
import halfsecond.asr.serving.EngineTranscriber;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.deploy.view.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What commands do with the catalogue of models, with progress shown. */
final class Models {

  private Models() {}

  static ModelCatalogue catalogue(CommandContext context) throws IOException {
    return ModelCatalogue.open(context.home().models());
  }

  /** The archive that ships with the program, when it does. */
  static Optional<Path> archive(CommandContext context) {
    Path archive = context.distribution().modelArchive();
    return Files.isRegularFile(archive) ? Optional.of(archive) : Optional.empty();
  }

  static ProgressListener listener(Progress progress) {
    return (step, percent) -> progress.update(step + ", " + percent + " %");
  }

  /** Fetches and prepares what is missing; quick when nothing is. */
  static PreparedModels ensurePrepared(CommandContext context, GraphChoice graph)
      throws IOException, InterruptedException {
    PreparedModels prepared;
    try (Progress progress = Progress.start(context.terminal(), "preparing the models")) {
      prepared =
          ModelSetup.ensurePrepared(
              catalogue(context),
              archive(context),
              new EngineTranscriber(new VoskEngine()),
              listener(progress),
              graph);
    }
    prepared.advice().ifPresent(line -> context.terminal().err().println(line));
    return prepared;
  }
}
