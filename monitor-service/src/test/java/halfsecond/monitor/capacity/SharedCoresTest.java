// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.metric.MetricSummary.Latest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SharedCoresTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:30Z");

  private final Shelf<CoreReadings> readings = new Shelf<>(new CoreReadingsCodec());
  private final Shelf<Cores> totals = new Shelf<>(new CoresCodec());
  private final SharedCores one = monitor("one", BEGAN);
  private final SharedCores two = monitor("two", BEGAN);
  private Instant now = BEGAN.plus(Duration.ofMinutes(5));

  /** Keeps bytes, as a database would, until it is told to fail. */
  private static final class Shelf<T> implements Keeper<T> {
    private final Map<String, byte[]> byId = new LinkedHashMap<>();
    private final Codec<T> codec;
    private boolean broken;

    Shelf(Codec<T> codec) {
      this.codec = codec;
    }

    @Override
    public List<T> all() {
      return byId.values().stream()
          .map(
              bytes -> {
                try {
                  return codec.read(bytes);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    }

    @Override
    public void keep(T value) {
      if (broken) {
        throw new IllegalStateException("the disk is full");
      }
      byId.put(codec.id(value), codec.write(value));
    }

    @Override
    public void forget(String id) {
      byId.remove(id);
    }
  }

  private SharedCores monitor(String name, Instant began) {
    SharedCores cores = new SharedCores(name, readings, totals, Duration.ofHours(1));
    cores.listening(began);
    return cores;
  }

  private Latest says(String instance, double cores) {
    return new Latest(instance, now, cores);
  }

  private static List<Double> sums(List<Cores> cores) {
    return cores.stream().map(Cores::total).toList();
  }

  @Test
  void eachMonitorKnowsWhatReplicasSaidToTheOther() {
    List<Cores> first = one.exchange(List.of(says("asr-0", 4)), now);
    List<Cores> second = two.exchange(List.of(says("asr-1", 2.5)), now);
    List<Cores> again = one.exchange(List.of(says("asr-0", 4)), now);

    Instant next = Instant.parse("2026-11-22T12:06:00Z");
    assertThat(first).containsExactly(new Cores(next, 4));
    assertThat(second).containsExactly(new Cores(next, 6.5));
    assertThat(again).containsExactly(new Cores(next, 6.5));
    assertThat(one.known()).isEqualTo(two.known());
    assertThat(one.exchange(List.of(says("asr-0", 4)), now)).isEmpty();
  }

  /** What is kept may take longer to read than replicas take to say something. */
  @Test
  void decidesNothingBeforeReplicasCanReport() {
    one.exchange(List.of(says("asr-0", 4)), now);
    SharedCores late = new SharedCores("late", readings, totals, Duration.ofHours(1));
    now = now.plus(Duration.ofMinutes(5));

    assertThat(late.exchange(List.of(), now)).isEmpty();
    late.listening(now);
    assertThat(late.exchange(List.of(), now)).isEmpty();
    assertThat(sums(late.known())).containsExactly(4.0);

    now = now.plus(Duration.ofMinutes(1));
    late.exchange(List.of(), now);
    assertThat(sums(late.known())).last().isEqualTo(0.0);
  }

  @Test
  void aReplicaThatFoundAnotherMonitorCountsOnce() {
    one.exchange(List.of(says("asr-0", 4)), now);
    Latest old = says("asr-0", 4);
    now = now.plusSeconds(30);
    two.exchange(List.of(says("asr-0", 3)), now);
    one.exchange(List.of(old), now);

    assertThat(sums(one.known())).last().isEqualTo(3.0);
    assertThat(sums(two.known())).last().isEqualTo(3.0);
  }

  @Test
  void aReplicaThatSaysNothingIsGoneAndAMonitorToo() {
    two.exchange(List.of(says("asr-1", 2)), now);
    one.exchange(List.of(says("asr-0", 4)), now);
    now = now.plus(SharedCores.RECENT);
    one.exchange(List.of(says("asr-0", 4)), now);
    assertThat(sums(one.known())).last().isEqualTo(6.0);

    now = now.plusMillis(1);
    one.exchange(List.of(says("asr-0", 4)), now);
    assertThat(sums(one.known())).last().isEqualTo(4.0);
    assertThat(readings.byId).containsOnlyKeys("two", "one");

    now = now.plus(Duration.ofMinutes(10));
    one.exchange(List.of(), now);
    assertThat(sums(one.known())).last().isEqualTo(0.0);
    assertThat(readings.byId).containsOnlyKeys("one");
  }

  @Test
  void addsUpAsManyReplicasAsMayReport() {
    List<Latest> many = IntStream.range(0, 400).mapToObj(i -> says("asr-" + i, 16)).toList();

    one.exchange(many, now);
    two.exchange(IntStream.range(400, 800).mapToObj(i -> says("asr-" + i, 16)).toList(), now);

    assertThat(sums(two.known())).last().isEqualTo(12_800.0);
  }

  @Test
  void whatNoReplicaCanHaveDoesNoHarm() {
    one.exchange(
        List.of(says("asr-0", Double.MAX_VALUE), says("asr-1", Double.MAX_VALUE), says("x", -9)),
        now);
    assertThat(sums(two.exchange(List.of(), now))).containsExactly(Double.MAX_VALUE);
  }

  @Test
  void afterARestartHoldsWhatHeldUntilReplicasHadTheTimeToSayMore() {
    one.exchange(List.of(says("asr-0", 4)), now);
    now = now.plus(Duration.ofMinutes(30));
    SharedCores restarted = monitor("three", now);

    assertThat(sums(restarted.known())).containsExactly(4.0);
    now = now.plusSeconds(59);
    assertThat(restarted.exchange(List.of(), now)).isEmpty();
    now = now.plusSeconds(1);
    assertThat(sums(restarted.exchange(List.of(), now))).containsExactly(0.0);
  }

  @Test
  void whileNothingCanBeKeptHoldsWhatHeld() {
    one.exchange(List.of(says("asr-0", 4)), now);
    readings.broken = true;
    now = now.plus(Duration.ofMinutes(5));

    assertThatThrownBy(() -> one.exchange(List.of(says("asr-0", 9)), now))
        .hasMessage("the disk is full");

    assertThat(sums(one.known())).containsExactly(4.0);
  }

  @Test
  void forgetsWhatHeldBeforeAllThatIsJudged() {
    for (int i = 1; i <= 5; i++) {
      one.exchange(List.of(says("asr-0", i)), now);
      now = now.plus(Duration.ofMinutes(30));
    }

    assertThat(sums(one.known())).containsExactly(2.0, 3.0, 4.0, 5.0);
    assertThat(sums(totals.all())).containsExactly(2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void whatIsSomethingElseIsRefused() {
    Cores cores = new Cores(BEGAN.minusSeconds(30), 1.5);
    byte[] total = new CoresCodec().write(cores);
    byte[] said =
        new CoreReadingsCodec().write(new CoreReadings("one", now, List.of(says("asr-0", 4))));

    for (int length = 0; length < total.length; length++) {
      byte[] cut = Arrays.copyOf(total, length);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> new CoresCodec().read(cut));
    }
    for (int length = 0; length < said.length; length++) {
      byte[] cut = Arrays.copyOf(said, length);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> new CoreReadingsCodec().read(cut));
    }
    byte[] none = new CoresCodec().write(new Cores(BEGAN, Double.NaN));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> new CoresCodec().read(none));
  }
}
