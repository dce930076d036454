// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any order of calls, against a list that is searched from end to end. */
final class WaitingTurnsProperties {
  private static final int STEPS = 5_000;

  private final List<Item> model = new ArrayList<>();
  private final List<Turn> idle = new ArrayList<>();

  private record Item(Turn turn, DecodeRank rank, long due, long age) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheMostUrgentTurnWhateverMovedBefore(long seed) {
    run(
        Scheduling.DEADLINE,
        seed,
        Comparator.comparing(Item::rank)
            .thenComparingLong(item -> item.due() - Long.MAX_VALUE)
            .thenComparingLong(Item::age));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheOldestTurnByArrival(long seed) {
    run(
        Scheduling.ARRIVAL,
        seed,
        Comparator.<Item, Boolean>comparing(item -> item.rank() != DecodeRank.RELEASING)
            .thenComparingLong(Item::age));
  }

  private void run(Scheduling scheduling, long seed, Comparator<Item> order) {
    SplittableRandom random = new SplittableRandom(seed);
    WaitingTurns turns = new WaitingTurns(scheduling);
    for (int i = 0; i < 50; i++) {
      idle.add(new Turn(() -> {}));
    }
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          if (!idle.isEmpty()) {
            add(turns, item(idle.remove(random.nextInt(idle.size())), random, step));
          }
        }
        case 1 -> {
          if (!model.isEmpty()) {
            Item old = model.remove(random.nextInt(model.size()));
            Item moved = item(old.turn(), random, old.age());
            model.add(moved);
            turns.move(moved.turn(), moved.rank(), moved.due());
          }
        }
        default -> assertPolls(turns, order);
      }
      assertThat(turns.isEmpty()).isEqualTo(model.isEmpty());
    }
    while (!model.isEmpty()) {
      assertPolls(turns, order);
    }
    assertThat(turns.poll()).isNull();
  }

  private void add(WaitingTurns turns, Item item) {
    model.add(item);
    turns.add(item.turn(), item.rank(), item.due());
  }

  private void assertPolls(WaitingTurns turns, Comparator<Item> order) {
    Turn polled = turns.poll();
    if (model.isEmpty()) {
      assertThat(polled).isNull();
      return;
    }
    Item first = model.stream().min(order).orElseThrow();
    assertThat(Objects.requireNonNull(polled)).isSameAs(first.turn());
    model.remove(first);
    idle.add(polled);
  }

  /** Times lie around the point where nanoseconds overflow. */
  private static Item item(Turn turn, SplittableRandom random, long age) {
    DecodeRank[] ranks = DecodeRank.values();
    return new Item(
        turn, ranks[random.nextInt(ranks.length)], Long.MAX_VALUE + random.nextInt(-20, 20), age);
  }
}
