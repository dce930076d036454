// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.window.CohortKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ThresholdsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:15:00.5Z");
  private static final Target NULLS = new Target("asr.null_transcripts", null);
  private static final Target OF_BANK =
      new Target("asr.null_transcripts", new CohortKey(CohortKey.Dimension.TENANT, "bank"));
  private static final Setting WIDE = new Setting(0.05, null, null, null, null, false);
  private static final Setting ALL =
      new Setting(0.02, 0.01, 500L, Duration.ofMinutes(10), Duration.ZERO, true);
  private static final ThresholdCodec CODEC = new ThresholdCodec();

  private final Shelf shelf = new Shelf();
  private final Thresholds thresholds = new Thresholds(shelf);

  /** Keeps bytes, as a database would, until it is told to fail. */
  private static final class Shelf implements Keeper<ThresholdChange> {
    private final Map<String, byte[]> byId = new LinkedHashMap<>();
    private boolean broken;

    @Override
    public List<ThresholdChange> all() {
      return byId.values().stream().map(ThresholdsTest::read).toList();
    }

    @Override
    public void keep(ThresholdChange change) {
      if (broken) {
        throw new IllegalStateException("the disk is full");
      }
      byId.put(CODEC.id(change), CODEC.write(change));
    }

    @Override
    public void forget(String id) {
      throw new AssertionError("a change is never forgotten");
    }
  }

  private ThresholdChange set(Target target, @Nullable Setting setting, int second) {
    return thresholds.set(target, setting, null, NOW.plusSeconds(second), "ops", "too many alarms");
  }

  @Test
  void recordsWhoChangedWhatFromWhatAndWhen() {
    set(NULLS, WIDE, 0);
    set(OF_BANK, ALL, 1);
    set(NULLS, ALL, 2);
    set(NULLS, null, 3);

    for (Thresholds kept : List.of(thresholds, new Thresholds(shelf))) {
      assertThat(kept.changes())
          .extracting(ThresholdChange::target)
          .containsExactly(NULLS, OF_BANK, NULLS, NULLS);
      assertThat(kept.changes())
          .extracting(ThresholdChange::before)
          .containsExactly(null, null, WIDE, ALL);
      assertThat(kept.changes())
          .extracting(ThresholdChange::after)
          .containsExactly(WIDE, ALL, ALL, null);
      assertThat(kept.changes())
          .extracting(ThresholdChange::at)
          .containsExactly(NOW, NOW.plusSeconds(1), NOW.plusSeconds(2), NOW.plusSeconds(3));
      assertThat(kept.changes()).allSatisfy(it -> assertThat(it.actor()).isEqualTo("ops"));
      assertThat(kept.last(OF_BANK).orElseThrow().after()).isEqualTo(ALL);
    }
  }

  @Test
  void actsOnlyOnWhatHasNotChangedSince() {
    ThresholdChange first = thresholds.set(NULLS, WIDE, "", NOW, "ops", "first");
    ThresholdChange second = thresholds.set(NULLS, ALL, first.id(), NOW, "ops", "second");

    for (String stale : List.of("", first.id())) {
      assertThatExceptionOfType(SpeechException.class)
          .isThrownBy(() -> thresholds.set(NULLS, null, stale, NOW, "ops", "third"))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.STATE_CONFLICT));
    }
    assertThat(thresholds.last(NULLS)).contains(second);
  }

  @Test
  void thereMustBeSomethingToRemove() {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> set(NULLS, null, 0))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    set(NULLS, WIDE, 1);
    set(NULLS, null, 2);
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> set(NULLS, null, 3))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void whatCannotBeKeptHasNotChanged() {
    set(NULLS, WIDE, 0);
    shelf.broken = true;

    assertThatThrownBy(() -> set(NULLS, null, 1)).hasMessage("the disk is full");

    assertThat(thresholds.changes()).hasSize(1);
    assertThat(thresholds.last(NULLS).orElseThrow().after()).isEqualTo(WIDE);
  }

  @Test
  void thereAreOnlySoMany() {
    for (int i = 0; i < 1_000; i++) {
      set(new Target("metric_" + i, null), WIDE, i);
    }

    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> set(NULLS, WIDE, 2_000))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SATURATED));
    set(new Target("metric_7", null), null, 2_001);
    assertThat(set(NULLS, WIDE, 2_002).after()).isEqualTo(WIDE);
  }

  @Test
  void actsOnlyOnWhatHasNotChangedAtAnotherMonitor() {
    Thresholds other = new Thresholds(shelf);
    ThresholdChange first = thresholds.set(NULLS, WIDE, "", NOW, "ops", "first");

    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> other.set(NULLS, ALL, "", NOW, "eve", "at the same time"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.STATE_CONFLICT));
    ThresholdChange second = other.set(NULLS, ALL, first.id(), NOW, "eve", "knowing it");

    assertThat(second.before()).isEqualTo(WIDE);
    assertThat(second.at()).isAfter(first.at());
    assertThat(other.changes()).containsExactly(first, second);
    assertThat(other.refresh()).as("for the judge to obey").containsExactly(first);
    assertThat(thresholds.refresh()).containsExactly(second);
    assertThat(other.refresh()).isEmpty();
  }

  @Test
  void learnsWhatAnotherMonitorHasSet() {
    Thresholds other = new Thresholds(shelf);
    ThresholdChange change = set(NULLS, WIDE, 0);

    assertThat(other.refresh()).containsExactly(change);
    assertThat(other.refresh()).isEmpty();
    assertThat(other.last(NULLS)).contains(change);
  }

  @Test
  void whatIsNoChangeIsRefused() {
    byte[] bytes = CODEC.write(set(OF_BANK, ALL, 0));

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> CODEC.read(cut));
    }
  }

  static Stream<Arguments> outOfLimits() {
    return Stream.of(
        Arguments.of(0.0, null, null, null, "threshold.minimum_effect"),
        Arguments.of(Double.NaN, null, null, null, "threshold.minimum_effect"),
        Arguments.of(Double.POSITIVE_INFINITY, null, null, null, "threshold.minimum_effect"),
        Arguments.of(null, 0.0, null, null, "threshold.significance"),
        Arguments.of(null, 0.6, null, null, "threshold.significance"),
        Arguments.of(null, null, 0L, null, "threshold.minimum_count"),
        Arguments.of(null, null, null, Duration.ofHours(25), "threshold.hold"),
        Arguments.of(null, null, null, Duration.ofSeconds(-1), "threshold.hold"));
  }

  @ParameterizedTest(name = "{4}: {0} {1} {2} {3}")
  @MethodSource("outOfLimits")
  void aFieldOutOfItsLimitsIsNamed(
      @Nullable Double effect,
      @Nullable Double significance,
      @Nullable Long count,
      @Nullable Duration hold,
      String field) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> new Setting(effect, significance, count, hold, null, false))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FIELD_INVALID))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("field", field));
  }

  private static ThresholdChange read(byte[] bytes) {
    try {
      return CODEC.read(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
