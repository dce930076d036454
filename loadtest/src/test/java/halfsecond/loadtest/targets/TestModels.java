// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelSetup;
import halfsecond.asr.model.ProgressListener;
import halfsecond.asr.serving.EngineTranscriber;
import halfsecond.asr.vosk.VoskEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** The prepared models that the tests of all modules share. */
public final class TestModels {

  private TestModels() {}

  /** The catalogue's folder; the first test on a machine fills it, which takes up to a minute. */
  public static Path prepared() {
    Path models = Path.of(System.getProperty("test.models"));
    try {
      ModelSetup.ensurePrepared(
          ModelCatalogue.open(models),
          Optional.of(Path.of(System.getProperty("model.archive"))),
          new EngineTranscriber(new VoskEngine()),
          ProgressListener.none());
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the models were prepared", e);
    }
  }
}
