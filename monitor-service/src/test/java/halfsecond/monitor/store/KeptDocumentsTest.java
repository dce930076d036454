// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of two monitors on one store. */
final class KeptDocumentsTest {
  private final Store store = TestStores.open(TestStores.inMemory(), () -> NOW);
  private final Words codec = new Words();
  private final KeptDocuments<String> one =
      new KeptDocuments<>(store.documents(), "word", new Words());
  private final KeptDocuments<String> two = new KeptDocuments<>(store.documents(), "word", codec);

  /** Words by their first letter; counts what is read. */
  private static final class Words implements Codec<String> {
    private int read;

    @Override
    public String id(String word) {
      return word.substring(0, 1);
    }

    @Override
    public byte[] write(String word) {
      return word.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String read(byte[] bytes) throws IOException {
      read++;
      String word = new String(bytes, StandardCharsets.UTF_8);
      if (word.equals("odd")) {
        throw new IOException("not a word");
      }
      return word;
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsAgainOnlyWhatHasChanged() {
    one.keep("apple");
    one.keep("berry");
    one.keep("cherry");
    assertThat(two.all()).containsExactly("apple", "berry", "cherry");
    assertThat(two.all()).containsExactly("apple", "berry", "cherry");
    assertThat(codec.read).isEqualTo(3);

    one.keep("banana");
    one.forget("c");
    one.forget("none");
    long unused = store.documents().put("other", "a", new byte[0]);

    assertThat(two.all()).containsExactly("apple", "banana");
    assertThat(codec.read).isEqualTo(4);
    assertThat(two.all()).containsExactly("apple", "banana");
    assertThat(one.all()).containsExactly("apple", "banana");
    assertThat(codec.read).isEqualTo(4);
  }

  @Test
  void whatIsNotUnderstoodAnyMoreIsLeftOut() {
    one.keep("orange");
    assertThat(two.all()).containsExactly("orange");

    long unused = store.documents().put("word", "o", "odd".getBytes(StandardCharsets.UTF_8));

    assertThat(two.all()).isEmpty();
  }

  @Test
  void decidesWithWhatTheOtherHasKept() {
    assertThat(two.all()).isEmpty();
    one.keep("apple");

    String decided = two.decide(all -> "b" + String.join("", all));

    assertThat(decided).isEqualTo("bapple");
    assertThat(two.all()).containsExactly("apple", "bapple");
    assertThat(one.all()).containsExactly("apple", "bapple");
  }

  @Test
  void whatIsRefusedIsNotKept() {
    one.keep("apple");

    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(
            () ->
                two.decide(
                    all -> {
                      throw new SpeechException(Reason.STATE_CONFLICT, "there is " + all);
                    }))
        .withMessageContaining("[apple]");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                two.decide(
                    all -> {
                      throw new IllegalStateException("a bug");
                    }));

    assertThat(List.of(one.all(), two.all())).containsOnly(List.of("apple"));
    assertThat(two.decide(all -> "cherry")).isEqualTo("cherry");
  }
}
