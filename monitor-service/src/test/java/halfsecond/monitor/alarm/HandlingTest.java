// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HandlingTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Whatever was done where, at times that are often the same. */
  @Test
  void isTheSameWhicheverIsPutWithWhich() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      Handling one = some(random);
      Handling other = some(random);
      Handling third = some(random);

      assertThat(one.with(other)).isEqualTo(other.with(one));
      assertThat(one.with(one)).isEqualTo(one.with(one).with(one));
      assertThat(one.with(other).with(third)).isEqualTo(one.with(other.with(third)));
      assertThat(one.with(other).with(other)).isEqualTo(one.with(other));
    }
  }

  @Test
  void whatIsDoneLaterHoldsAlsoByAClockThatIsBehind() {
    Instant ahead = Reports.NOW.plusSeconds(5);
    Handling silenced =
        Handling.NONE
            .after(new Action.Silence("eve", "", ahead.plus(HOUR), false), ahead)
            .after(new Action.Acknowledge("eve", ""), ahead);
    Handling undone =
        silenced
            .after(new Action.Unsilence("bob", ""), Reports.NOW)
            .after(new Action.Acknowledge("bob", ""), Reports.NOW);

    assertThat(silenced.with(undone).silence()).isEmpty();
    assertThat(silenced.with(undone).seen().map(Handling.Seen::actor)).contains("bob");
  }

  /** Also what an older program kept, which did not write down when something was silenced. */
  private static Handling some(Random random) {
    Handling handling = Handling.NONE;
    List<Action> actions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Instant until = Reports.NOW.plusSeconds(random.nextInt(3));
      String actor = random.nextBoolean() ? "eve" : "bob";
      actions.add(
          switch (random.nextInt(5)) {
            case 0 -> new Action.Acknowledge(actor, "seen");
            case 1 -> new Action.Snooze(actor, until);
            case 2 -> new Action.Silence(actor, "known", until, random.nextBoolean());
            case 3 -> new Action.Unsilence(actor, "");
            default -> new Action.Annotate(actor, "note");
          });
    }
    for (Action action : actions) {
      handling = handling.after(action, Reports.NOW.plusSeconds(random.nextInt(2)));
    }
    return random.nextInt(4) > 0
        ? handling
        : new Handling(
            handling.seen(),
            handling.snoozedUntil(),
            handling.silence(),
            handling.notes(),
            Optional.empty());
  }
}
