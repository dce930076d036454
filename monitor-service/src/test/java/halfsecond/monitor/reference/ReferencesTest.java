// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferencesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:15:00.5Z");

  private static final ReferenceCodec CODEC = new ReferenceCodec();

  private final Shelf shelf = new Shelf();

  /** Keeps bytes, as a database would. */
  private static final class Shelf implements Keeper<StoredReference> {
    private final Map<String, byte[]> byId = new LinkedHashMap<>();

    @Override
    public List<StoredReference> all() {
      return byId.values().stream().map(ReferencesTest::read).toList();
    }

    @Override
    public void keep(StoredReference reference) {
      byId.put(reference.reference().id(), CODEC.write(reference));
    }

    @Override
    public void forget(String id) {
      byId.remove(id);
    }
  }

  @Test
  void whatWasKeptIsThereAgain() {
    References before = new References(shelf);
    before.add(new StoredReference(moving("r-1", null, 0), Map.of()));
    before.add(new StoredReference(moving("r-2", "asr.cpu", 1), Map.of()));
    before.add(new StoredReference(moving("r-3", null, 2), Map.of()));
    before.delete("r-1");

    References after = new References(shelf);

    assertThat(after.list(null)).isEqualTo(before.list(null));
    assertThat(after.list(null)).extracting(Reference::id).containsExactly("r-3", "r-2");
    assertThat(after.list("asr.memory")).extracting(Reference::id).containsExactly("r-3");
  }

  @Test
  void learnsWhatAnotherMonitorDid() {
    References one = new References(shelf);
    References other = new References(shelf);
    one.add(new StoredReference(moving("r-1", null, 0), Map.of()));
    one.add(new StoredReference(moving("r-2", null, 1), Map.of()));

    other.refresh();
    assertThat(other.list(null)).isEqualTo(one.list(null)).hasSize(2);
    one.delete("r-1");
    other.refresh();
    assertThat(other.list(null)).isEqualTo(one.list(null)).hasSize(1);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    References references = new References(shelf);

    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> references.find("r-9"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> references.delete("r-9"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @ParameterizedTest(name = "{0} values")
  @ValueSource(ints = {1, 64, 65, 5_000})
  void bytesHoldAllOfIt(int values) {
    Random random = new Random(values);
    Aggregate sum = new Aggregate();
    for (int i = 0; i < values; i++) {
      sum.measured(2 + random.nextGaussian());
    }
    StoredReference stored = pinned(sum);

    StoredReference again = read(CODEC.write(stored));

    assertThat(again.reference()).isEqualTo(stored.reference());
    StoredReference.Sum its = Objects.requireNonNull(again.sums().get("vad.clip_seconds"));
    assertThat(its.seconds()).isEqualTo(3_600);
    assertThat(its.variance()).isEqualTo(0.25);
    assertThat(its.aggregate().samples()).isEqualTo(values);
    assertThat(its.aggregate().values().mean()).isEqualTo(sum.values().mean());
    assertThat(its.aggregate().values().deviation()).isEqualTo(sum.values().deviation());
    for (double rank = 0; rank <= 1; rank += 0.05) {
      assertThat(its.aggregate().values().quantile(rank)).isEqualTo(sum.values().quantile(rank));
    }
    its.aggregate().merge(sum);
    assertThat(its.aggregate().values().count()).isEqualTo(2L * values);
  }

  @Test
  void whatIsNoReferenceIsRefused() {
    Aggregate sum = new Aggregate();
    for (int i = 0; i < 200; i++) {
      sum.measured(i);
    }
    byte[] bytes = CODEC.write(pinned(sum));

    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> CODEC.read(cut));
    }
    bytes[0] = 9;
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> CODEC.read(bytes));
  }

  private static StoredReference read(byte[] bytes) {
    try {
      return CODEC.read(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StoredReference pinned(Aggregate sum) {
    Reference reference =
        new Reference(
            "r-1",
            "release 1",
            new Reference.Pinned(new TimeSpan(NOW.minusSeconds(3_600), NOW)),
            new Who("en-small@1", new CohortKey(CohortKey.Dimension.DEVICE, "Pixel 9")),
            "vad.clip_seconds",
            new Reference.Made(NOW, "ops", "before"));
    return new StoredReference(
        reference, Map.of("vad.clip_seconds", new StoredReference.Sum(sum, 3_600, 0.25)));
  }

  private static Reference moving(String id, @Nullable String metric, int second) {
    return new Reference(
        id,
        "yesterday",
        new Reference.Moving(Rolling.HOUR_YESTERDAY),
        Who.ALL,
        metric,
        new Reference.Made(NOW.plusSeconds(second), "ops", ""));
  }
}
