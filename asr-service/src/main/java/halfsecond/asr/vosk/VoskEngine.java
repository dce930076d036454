// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.SpeechModelLoader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Loads Vosk models and counts the native objects that come of them. The native library is loaded
 * once for the process, with its own log output off. Safe for use by any thread.
 */
public final class VoskEngine implements SpeechModelLoader {
  private final HandleCount models = new HandleCount("model");
  private final HandleCount recognizers = new HandleCount("recognizer");

  /**
   * @throws EngineUnavailableException if libvosk does not load here; says for which system and
   *     what to do
   */
  public VoskEngine() {
    try {
      LibVosk.vosk_set_log_level(LibVosk.SILENT);
    } catch (LinkageError e) {
      throw new EngineUnavailableException(e);
    }
  }

  @Override
  public SpeechModel load(Path directory) throws IOException {
    return VoskModel.load(directory, models, recognizers);
  }

  /** Models that are loaded now. */
  public int liveModels() {
    return models.live();
  }

  /** Recognizers that hold native memory now, idle ones included. */
  public int liveRecognizers() {
    return recognizers.live();
  }

  /**
   * Models and recognizers whose owner was garbage collected without closing them; more than zero
   * is a bug.
   */
  public int leakedHandles() {
    return models.everLeaked() + recognizers.everLeaked();
  }
}
