// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a directory of model files into a model. Takes from half a second to minutes. Safe for use
 * by any thread.
 */
@FunctionalInterface
public interface SpeechModelLoader {
  /**
   * Loads the model; the caller closes it.
   *
   * @throws IOException if files are missing or unreadable to the engine
   */
  SpeechModel load(Path directory) throws IOException;
}
