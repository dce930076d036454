// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.metric.MetricSummary.Latest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what replicas say to any of the monitors on one store. Each monitor passes on what
 * it was told; of a replica the newest reading counts, whoever has it. Their sum is kept whenever
 * it changes, and holds from the next minute on: until that minute is over all monitors have read
 * it, so each judges it by the same number, and so does one that starts later and judges it again.
 * Used by one thread at a time; every method waits for the keepers and throws what they throw.
 */
public final class SharedCores {
  /** A replica that has not said so long how many cores it has is taken for gone. */
  public static final Duration RECENT = Duration.ofMinutes(2);

  /** Within which every replica that found its monitor again has said something. */
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  /** What does not change is passed on so often, that it stays recent. */
  private static final Duration REPEATED = Duration.ofSeconds(30);

  /** After which a monitor that passes nothing on is gone. */
  private static final Duration GONE = Duration.ofMinutes(10);

  private final String monitor;
  private final Keeper<CoreReadings> readings;
  private final Keeper<Cores> totals;
  private final Duration kept;
  private Instant decidesFrom = Instant.MAX;
  private List<Cores> known;
  private @Nullable CoreReadings passedOn;

  /**
   * @param monitor a name that no other process has or had
   * @param totals asked now for what it kept
   * @param kept how long a total is of use
   */
  public SharedCores(
      String monitor, Keeper<CoreReadings> readings, Keeper<Cores> totals, Duration kept) {
    this.monitor = monitor;
    this.readings = readings;
    this.totals = totals;
    this.kept = kept;
    this.known = inOrder(totals.all());
  }

  /** Replicas can report here from now on; before, nothing is decided. */
  public void listening(Instant now) {
    decidesFrom = now.plus(WARM_UP);
  }

  /** What held and from when, oldest first. */
  public List<Cores> known() {
    return List.copyOf(known);
  }

  /**
   * Passes on what was said here and takes what was said elsewhere. While that cannot be done what
   * held before holds on.
   *
   * @param own readings of replicas that are known here
   * @return what is new of {@link #known}
   */
  public List<Cores> exchange(List<Latest> own, Instant now) {
    List<Latest> recent = own.stream().filter(reading -> isRecent(reading, now)).toList();
    CoreReadings mine = new CoreReadings(monitor, now, recent);
    if (isWorthKeeping(mine)) {
      readings.keep(mine);
      passedOn = mine;
    }
    double total = total(now);
    List<Cores> next = new ArrayList<>(inOrder(totals.all()));
    double last = next.isEmpty() ? 0 : next.get(next.size() - 1).total();
    if (total != last && !now.isBefore(decidesFrom)) {
      Cores changed =
          new Cores(now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES), total);
      totals.keep(changed);
      next.removeIf(cores -> cores.from().equals(changed.from()));
      next.add(changed);
    }
    forgetOld(next, now);
    List<Cores> before = known;
    known = next;
    return next.stream().filter(cores -> !before.contains(cores)).toList();
  }

  /** Each is a write, and most of the time nothing changes. */
  private boolean isWorthKeeping(CoreReadings mine) {
    CoreReadings last = passedOn;
    if (last == null) {
      return !mine.readings().isEmpty();
    }
    return !mine.at().isBefore(last.at().plus(REPEATED)) || !mine.saysTheSame(last);
  }

  private double total(Instant now) {
    // In one order, so that rounding is the same everywhere.
    Map<String, Latest> newest = new TreeMap<>();
    for (CoreReadings theirs : readings.all()) {
      if (theirs.at().isBefore(now.minus(GONE))) {
        readings.forget(theirs.monitor());
      }
      theirs.readings().stream()
          .filter(reading -> isRecent(reading, now))
          .forEach(reading -> newest.merge(reading.instance(), reading, SharedCores::newer));
    }
    double sum = newest.values().stream().mapToDouble(Latest::level).filter(it -> it > 0).sum();
    // Whatever a service may say.
    return Math.min(sum, Double.MAX_VALUE);
  }

  /** All that were replaced so long ago. */
  private void forgetOld(List<Cores> inOrder, Instant now) {
    while (inOrder.size() > 1 && inOrder.get(1).from().isBefore(now.minus(kept))) {
      totals.forget(CoresCodec.id(inOrder.get(0).from()));
      inOrder.remove(0);
    }
  }

  private static boolean isRecent(Latest reading, Instant now) {
    return !reading.time().isBefore(now.minus(RECENT));
  }

  private static Latest newer(Latest one, Latest other) {
    return other.time().isAfter(one.time()) ? other : one;
  }

  private static List<Cores> inOrder(List<Cores> cores) {
    return cores.stream().sorted(Comparator.comparing(Cores::from)).toList();
  }
}
