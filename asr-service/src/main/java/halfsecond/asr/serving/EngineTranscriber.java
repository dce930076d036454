// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.model.Clip;
import halfsecond.asr.model.ClipTranscriber;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.SpeechModelLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the preparation of models ask the engine. Loads a model, hears the clips, and frees it. Safe
 * for use by any thread.
 */
public final class EngineTranscriber implements ClipTranscriber {
  private final SpeechModelLoader engine;

  public EngineTranscriber(SpeechModelLoader engine) {
    this.engine = engine;
  }

  @Override
  public List<String> transcribe(Path modelDirectory, List<Clip> clips) throws IOException {
    try (SpeechModel model = engine.load(modelDirectory);
        Recognizer recognizer = model.recognizer()) {
      List<String> texts = new ArrayList<>();
      for (Clip clip : clips) {
        texts.add(text(recognizer, clip.audio()));
      }
      return texts;
    }
  }

  private static String text(Recognizer recognizer, ByteBuffer audio) {
    byte[] block = new byte[2 * Recognizer.MAX_BLOCK_SAMPLES];
    recognizer.begin(1);
    while (audio.remaining() > 1) {
      int length = Math.min(block.length, audio.remaining() & ~1);
      audio.get(block, 0, length);
      recognizer.accept(block, length);
    }
    return recognizer.finish().best().transcript();
  }
}
