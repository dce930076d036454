// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears one word a block, "w1", "w2", ...; decodes a block only with a permit, of which there are
 * plenty unless a test takes them.
 */
final class FakeRecognizer implements Recognizer {
  final Semaphore permits = new Semaphore(1_000_000);
  final List<Integer> blocks = new CopyOnWriteArrayList<>();
  volatile boolean failing;
  volatile boolean closed;
  private final AtomicInteger words = new AtomicInteger();

  @Override
  public void begin(int alternatives) {
    words.set(0);
  }

  @Override
  public void accept(byte[] audio, int length) {
    blocks.add(length);
    permits.acquireUninterruptibly();
    if (failing) {
      throw new RecognizerException("fails on purpose");
    }
    words.incrementAndGet();
  }

  @Override
  public String partial() {
    return text();
  }

  @Override
  public Recognition finish() {
    List<Word> heard = new ArrayList<>();
    for (int i = 1; i <= words.get(); i++) {
      heard.add(new Word("w" + i, 1600L * (i - 1), 1600L * i, OptionalDouble.of(1)));
    }
    return new Recognition(List.of(new Alternative(text(), heard, Confidence.ofWords(heard))));
  }

  @Override
  public void close() {
    closed = true;
  }

  private String text() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= words.get(); i++) {
      all.add("w" + i);
    }
    return String.join(" ", all);
  }
}
