// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import halfsecond.asr.TestModels;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Does to the binding all that is known to crash or hang libvosk, in a JVM of its own, and prints
 * what came of each: the name of an exception, or "survived". Ends with "complete" if it lived to
 * the end.
 */
final class CrashMatrix {
  private static final byte[] BLOCK = new byte[6400];

  private final SpeechModel composed;
  private final SpeechModel stock;
  private final Path directory;
  private final Map<String, Case> cases = new LinkedHashMap<>();

  /** One cruelty. */
  private interface Case {
    void run() throws Exception;
  }

  private CrashMatrix(SpeechModel composed, SpeechModel stock, Path directory) {
    this.composed = composed;
    this.stock = stock;
    this.directory = directory;
  }

  public static void main(String... arguments) throws Exception {
    VoskEngine engine = new VoskEngine();
    var installed = TestModels.find(TestModels.FAST);
    try (SpeechModel composed = engine.load(installed.directory());
        SpeechModel stock = engine.load(installed.grammarDirectory())) {
      CrashMatrix matrix = new CrashMatrix(composed, stock, installed.directory());
      matrix.fill(engine);
      matrix.cases.forEach((name, body) -> System.out.println(name + ": " + outcome(body)));
    }
    System.out.println("handles: " + (engine.liveModels() + engine.liveRecognizers()));
    System.out.println("complete");
  }

  private static String outcome(Case body) {
    try {
      body.run();
      return "survived";
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  private void fill(VoskEngine engine) {
    audio("negative length", BLOCK, -2);
    audio("length beyond the array", new byte[10], 1000);
    audio("length far beyond the array", new byte[10], Integer.MAX_VALUE - 1);
    audio("length over a block", new byte[6402], 6402);
    audio("odd length", BLOCK, 4001);
    audio("zero length", BLOCK, 0);
    audio("two bytes", BLOCK, 2);
    cases.put("null array", () -> withClip(r -> r.accept(nothing(), 2)));
    cases.put("audio without begin", () -> withRecognizer(r -> r.accept(BLOCK, 2)));
    cases.put("begin twice", () -> withClip(r -> r.begin(1)));
    cases.put("no alternatives", () -> withRecognizer(r -> r.begin(0)));
    cases.put("too many alternatives", () -> withRecognizer(r -> r.begin(11)));
    cases.put("finish twice", () -> withClip(CrashMatrix::finishTwice));
    cases.put("audio after finish", () -> withClip(CrashMatrix::audioAfterFinish));
    cases.put("partial after close", () -> used(Recognizer::partial));
    cases.put("audio after close", () -> used(r -> r.accept(BLOCK, 2)));
    cases.put("finish after close", () -> used(Recognizer::finish));
    cases.put("close twice", () -> used(Recognizer::close));
    cases.put("close while decoding", this::closeWhileDecoding);
    cases.put("two threads", this::twoThreads);
    cases.put("model closed twice", () -> closedModel(engine, SpeechModel::close));
    cases.put("recognizer of a closed model", () -> closedModel(engine, SpeechModel::recognizer));
    cases.put("word of a closed model", () -> closedModel(engine, m -> m.knows("a")));
    cases.put("model closed before its recognizer", () -> modelClosedFirst(engine));
    cases.put("missing model", () -> engine.load(directory.resolve("nowhere")));
    cases.put("truncated model", () -> truncated(engine));
    cases.put("phrases on a composed graph", () -> composed.recognizerFor(List.of("yes")));
    for (String phrase :
        List.of(
            "", "[]", "[ ]", "[1]", "[-]", "[unk]", "<eps>", "\"yes", "[\"yes", "yes\"]", "a\0b",
            "#0", " yes")) {
      cases.put(
          "phrase '" + phrase.replace('\0', '0') + "'", () -> stock.recognizerFor(List.of(phrase)));
    }
    cases.put("no phrases", () -> stock.recognizerFor(List.of()));
    cases.put("deep phrase", () -> stock.recognizerFor(List.of("[".repeat(300_000))));
    cases.put("unknown words", () -> stock.recognizerFor(List.of("qzxqzx")).close());
    cases.put("all phrases there may be", this::manyPhrases);
  }

  private void audio(String name, byte[] array, int length) {
    cases.put(name, () -> withClip(r -> r.accept(array, length)));
  }

  /** What a caller without null checks passes. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static byte[] nothing() {
    return null;
  }

  private static void finishTwice(Recognizer recognizer) {
    recognizer.accept(BLOCK, BLOCK.length);
    recognizer.finish();
    recognizer.finish();
  }

  private static void audioAfterFinish(Recognizer recognizer) {
    recognizer.accept(BLOCK, BLOCK.length);
    recognizer.finish();
    recognizer.accept(BLOCK, BLOCK.length);
  }

  private void withRecognizer(Consumer<Recognizer> body) {
    try (Recognizer recognizer = composed.recognizer()) {
      body.accept(recognizer);
    }
  }

  private void withClip(Consumer<Recognizer> body) {
    withRecognizer(
        recognizer -> {
          recognizer.begin(1);
          body.accept(recognizer);
        });
  }

  private void used(Consumer<Recognizer> afterClose) {
    Recognizer recognizer = composed.recognizer();
    recognizer.begin(1);
    recognizer.accept(BLOCK, BLOCK.length);
    recognizer.close();
    afterClose.accept(recognizer);
  }

  private void closeWhileDecoding() throws InterruptedException {
    Recognizer recognizer = composed.recognizer();
    recognizer.begin(1);
    CountDownLatch begun = new CountDownLatch(1);
    Thread decoding =
        new Thread(
            () -> {
              try {
                while (true) {
                  recognizer.accept(BLOCK, BLOCK.length);
                  begun.countDown();
                }
              } catch (IllegalStateException closed) {
                // What it must end with.
              }
            });
    decoding.start();
    begun.await();
    recognizer.close();
    decoding.join();
  }

  private void twoThreads() throws InterruptedException {
    try (Recognizer recognizer = composed.recognizer()) {
      recognizer.begin(1);
      List<Exception> refused = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int j = 0; j < 50; j++) {
                    try {
                      recognizer.accept(BLOCK, BLOCK.length);
                    } catch (IllegalStateException e) {
                      refused.add(e);
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      if (!refused.isEmpty()) {
        throw new IllegalStateException("refused", refused.get(0));
      }
    }
  }

  private void closedModel(VoskEngine engine, Consumer<SpeechModel> use) throws IOException {
    SpeechModel model = engine.load(directory);
    model.close();
    use.accept(model);
  }

  private void modelClosedFirst(VoskEngine engine) throws IOException {
    SpeechModel model = engine.load(directory);
    try (Recognizer recognizer = model.recognizer()) {
      model.close();
      recognizer.begin(1);
      recognizer.accept(BLOCK, BLOCK.length);
      recognizer.finish();
    }
  }

  private void truncated(VoskEngine engine) throws IOException {
    Path copy = Files.createTempDirectory("truncated");
    Files.createDirectories(copy.resolve("am"));
    Files.createDirectories(copy.resolve("conf"));
    Files.write(copy.resolve("am/final.mdl"), new byte[1000]);
    for (String conf : List.of("mfcc.conf", "model.conf")) {
      Files.copy(directory.resolve("conf").resolve(conf), copy.resolve("conf").resolve(conf));
    }
    engine.load(copy);
  }

  private void manyPhrases() {
    List<String> phrases = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      phrases.add("yes ".repeat(i % 20) + "no");
    }
    try (Recognizer recognizer = stock.recognizerFor(phrases)) {
      recognizer.begin(1);
      recognizer.accept(BLOCK, BLOCK.length);
      recognizer.finish();
    }
  }
}
