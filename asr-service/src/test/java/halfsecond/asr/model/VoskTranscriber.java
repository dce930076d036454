// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/**
 * The engine through its own Java API. One recognizer for all clips: a final result drops what it
 * knew about the speaker, and keeps what it has composed of the graph.
 */
final class VoskTranscriber implements ClipTranscriber {
  private static final float SAMPLE_RATE_HERTZ = 16_000;

  @Override
  public List<String> transcribe(Path modelDirectory, List<Clip> clips) throws IOException {
    LibVosk.setLogLevel(LogLevel.WARNINGS);
    List<String> texts = new ArrayList<>();
    try (Model model = new Model(modelDirectory.toString());
        Recognizer recognizer = new Recognizer(model, SAMPLE_RATE_HERTZ)) {
      for (Clip clip : clips) {
        texts.add(transcribe(recognizer, clip));
      }
    }
    return texts;
  }

  private static String transcribe(Recognizer recognizer, Clip clip) {
    ByteBuffer audio = clip.audio();
    byte[] bytes = new byte[audio.remaining()];
    audio.get(bytes);
    boolean endpoint = recognizer.acceptWaveForm(bytes, bytes.length);
    String before = endpoint ? text(recognizer.getResult()) : "";
    return (before + " " + text(recognizer.getFinalResult())).strip();
  }

  // {"text" : "..."} is all there is.
  private static String text(String json) {
    int colon = json.indexOf(':');
    return colon < 0 ? "" : json.substring(json.indexOf('"', colon) + 1, json.lastIndexOf('"'));
  }
}
