// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.jna.Pointer;
import halfsecond.asr.recognition.PhraseList;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerException;
import halfsecond.asr.recognition.SpeechModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A model of libvosk. Its recognizers hold their own native reference, so the order of closing does
 * not matter to libvosk.
 */
final class VoskModel implements SpeechModel {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final NativeHandle handle;
  private final HandleCount recognizers;
  private final boolean takesPhrases;

  private VoskModel(
      Pointer pointer, boolean takesPhrases, HandleCount models, HandleCount recognizers) {
    this.handle = new NativeHandle(this, pointer, models, LibVosk::vosk_model_free);
    this.recognizers = recognizers;
    this.takesPhrases = takesPhrases;
  }

  static VoskModel load(Path directory, HandleCount models, HandleCount recognizers)
      throws IOException {
    if (!Files.isRegularFile(directory.resolve("am").resolve("final.mdl"))) {
      throw new IOException("no acoustic model (am/final.mdl) in the model directory");
    }
    Pointer pointer = LibVosk.vosk_model_new(LibVosk.string(directory.toAbsolutePath().toString()));
    if (pointer == null) {
      throw new IOException("libvosk cannot read the model: files are missing or damaged");
    }
    // libvosk prefers the composed graph when it is there, and then ignores grammars.
    Path graph = directory.resolve("graph");
    boolean lookahead =
        Files.exists(graph.resolve("HCLr.fst")) && !Files.exists(graph.resolve("HCLG.fst"));
    return new VoskModel(pointer, lookahead, models, recognizers);
  }

  @Override
  public boolean knows(String word) {
    if (word.indexOf('\0') >= 0) {
      return false;
    }
    lock.readLock().lock();
    try {
      return LibVosk.vosk_model_find_word(handle.pointer(), LibVosk.string(word)) >= 0;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public boolean takesPhrases() {
    return takesPhrases;
  }

  @Override
  public Recognizer recognizer() {
    return open(null);
  }

  @Override
  public Recognizer recognizerFor(List<String> phrases) {
    if (!takesPhrases) {
      throw new IllegalStateException("a model with a composed graph takes no phrases");
    }
    // The last gate before a parser that a wrong byte crashes: holds whatever the caller did or
    // forgot.
    if (phrases.isEmpty() || !phrases.stream().allMatch(PhraseList::isWellFormed)) {
      throw new IllegalArgumentException("phrases are not well-formed");
    }
    try {
      return open(VoskJson.grammar(phrases));
    } catch (JsonProcessingException e) {
      throw new RecognizerException("phrases cannot be written as JSON", e);
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      handle.free();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Recognizer open(@Nullable String grammar) {
    lock.readLock().lock();
    try {
      Pointer model = handle.pointer();
      Pointer recognizer =
          grammar == null
              ? LibVosk.vosk_recognizer_new(model, Recognizer.SAMPLE_RATE)
              : LibVosk.vosk_recognizer_new_grm(
                  model, Recognizer.SAMPLE_RATE, LibVosk.string(grammar));
      if (recognizer == null) {
        throw new RecognizerException("libvosk made no recognizer");
      }
      return new VoskRecognizer(recognizer, recognizers);
    } finally {
      lock.readLock().unlock();
    }
  }
}
