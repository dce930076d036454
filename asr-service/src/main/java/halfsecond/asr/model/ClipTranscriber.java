// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Recognizes clips with a model that is not installed yet: how this package asks the engine without
 * knowing one.
 */
@FunctionalInterface
public interface ClipTranscriber {
  /**
   * Loads the model, recognizes every clip as if it were the only one, and lets go of the model
   * before it returns. Called by one thread at a time, on the thread that prepares, which it may
   * hold for seconds.
   *
   * @param modelDirectory what to load
   * @return the best text of each clip, empty where no words were heard, in the order of the clips
   * @throws IOException when the engine cannot use the model; it is then not installed
   */
  List<String> transcribe(Path modelDirectory, List<Clip> clips) throws IOException;
}
