// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The prepared models, made once for all modules' tests. */
final class TestModels {

  /** The version that the tests recognize with. */
  static final ModelId VERSION = ModelId.parse("en-small@1");

  /** Recognizers start fast when they load nothing else. */
  static final Map<String, Object> ONE_VERSION =
      Map.of("halfsecond.asr.models.load", List.of(VERSION.toString()));

  /** More than there are. */
  static final int MANY_CORES = 64;

  /**
   * For recognizers that claim more cores than any machine of tests has: where losses are tested,
   * nobody may be refused because the machine is busy.
   */
  static final Map<String, Object> ADMITTING_ALL =
      Map.of("halfsecond.asr.decode.cores", MANY_CORES);

  private TestModels() {}

  /** The catalogue's directory, with every version prepared. */
  static Path catalogue() {
    return halfsecond.deploy.pipeline.TestModels.prepared();
  }

  /** The files of {@link #VERSION}. */
  static InstalledModel version() {
    try {
      return ModelCatalogue.open(catalogue()).find(VERSION).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
