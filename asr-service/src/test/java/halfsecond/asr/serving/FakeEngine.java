// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.recognition.Recognition;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerException;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.SpeechModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads at once whatever it is given, hears nothing, and counts what is alive. */
final class FakeEngine implements SpeechModelLoader {
  private final AtomicInteger models = new AtomicInteger();
  private final AtomicInteger recognizers = new AtomicInteger();
  private volatile boolean failingLoads;
  private volatile boolean failingDecoding;
  private volatile boolean takingPhrases = true;

  void failLoads(boolean fail) {
    failingLoads = fail;
  }

  void failDecoding(boolean fail) {
    failingDecoding = fail;
  }

  /** Whether models that are loaded from now on take phrases. */
  void takePhrases(boolean take) {
    takingPhrases = take;
  }

  int liveModels() {
    return models.get();
  }

  int liveRecognizers() {
    return recognizers.get();
  }

  @Override
  public SpeechModel load(Path directory) throws IOException {
    if (failingLoads) {
      throw new IOException("fails on purpose");
    }
    return new Model(takingPhrases);
  }

  private final class Model implements SpeechModel {
    private final boolean phrases;

    Model(boolean phrases) {
      this.phrases = phrases;
      models.incrementAndGet();
    }

    @Override
    public boolean knows(String word) {
      return true;
    }

    @Override
    public boolean takesPhrases() {
      return phrases;
    }

    @Override
    public Recognizer recognizer() {
      return new Deaf();
    }

    @Override
    public Recognizer recognizerFor(List<String> allowed) {
      return new Deaf();
    }

    @Override
    public void close() {
      models.decrementAndGet();
    }
  }

  private final class Deaf implements Recognizer {
    Deaf() {
      recognizers.incrementAndGet();
    }

    @Override
    public void begin(int alternatives) {}

    @Override
    public void accept(byte[] audio, int length) {
      if (failingDecoding) {
        throw new RecognizerException("fails on purpose");
      }
    }

    @Override
    public String partial() {
      return "";
    }

    @Override
    public Recognition finish() {
      return Recognition.EMPTY;
    }

    @Override
    public void close() {
      recognizers.decrementAndGet();
    }
  }
}
