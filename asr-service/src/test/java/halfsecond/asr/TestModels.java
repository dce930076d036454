// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.model.ModelSetup;
import halfsecond.asr.model.ProgressListener;
import halfsecond.asr.serving.EngineTranscriber;
import halfsecond.asr.vosk.VoskEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The real models, prepared once for the whole build in the directory that {@code test.models}
 * names.
 */
public final class TestModels {
  /** As it came: the stock graph, with dither. */
  public static final ModelId STOCK = ModelId.parse("en-small@0");

  /** Prepared: beam 10. */
  public static final ModelId FAST = ModelId.parse("en-small@1");

  /** Prepared: beam 13. */
  public static final ModelId ACCURATE = ModelId.parse("en-small@2");

  private TestModels() {}

  /** The catalogue with versions 0, 1 and 2. */
  public static synchronized ModelCatalogue catalogue() {
    try {
      ModelCatalogue catalogue = ModelCatalogue.open(property("test.models"));
      var unused =
          ModelSetup.ensurePrepared(
              catalogue,
              Optional.of(property("model.archive")),
              new EngineTranscriber(new VoskEngine()),
              ProgressListener.none());
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public static InstalledModel find(ModelId id) {
    try {
      return catalogue().find(id).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path property(String name) {
    return Path.of(
        Optional.ofNullable(System.getProperty(name))
            .orElseThrow(() -> new IllegalStateException("the build sets -D" + name)));
  }
}
