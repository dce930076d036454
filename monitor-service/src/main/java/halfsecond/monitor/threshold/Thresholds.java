// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people set, and every change of it. Safe for use by any thread; only setting and refreshing
 * may wait.
 */
public final class Thresholds {
  /** Each is one that the judge looks up; nobody keeps an overview of more. */
  private static final int MOST = 1_000;

  private final Keeper<ThresholdChange> keeper;
  private final Object changing = new Object();

  /** Another one is put in its place, so that nobody waits who only looks. */
  private volatile History history;

  /** What other monitors have set and {@link #refresh} has not told yet; touched while changing. */
  private final List<ThresholdChange> untold = new ArrayList<>();

  /**
   * @param changes oldest first
   * @param latest the last one of each
   */
  private record History(List<ThresholdChange> changes, Map<Target, ThresholdChange> latest) {
    static History of(List<ThresholdChange> kept) {
      List<ThresholdChange> inOrder =
          kept.stream()
              .sorted(Comparator.comparing(ThresholdChange::at).thenComparing(ThresholdChange::id))
              .toList();
      Map<Target, ThresholdChange> latest = new HashMap<>();
      inOrder.forEach(change -> latest.put(change.target(), change));
      return new History(inOrder, latest);
    }
  }

  /**
   * @param keeper asked now for every change that there ever was, then told of each
   */
  public Thresholds(Keeper<ThresholdChange> keeper) {
    this.keeper = keeper;
    this.history = History.of(keeper.all());
  }

  /** Every change by people, oldest first. */
  public List<ThresholdChange> changes() {
    return history.changes();
  }

  /** The last change of one; its id is the etag. Empty if nobody ever set it. */
  public Optional<ThresholdChange> last(Target target) {
    return Optional.ofNullable(history.latest().get(target));
  }

  /**
   * Sets one, or removes what was set, with knowledge of what other monitors on the same store have
   * set until then. Waits for the keeper; throws what it throws, and nothing has changed then.
   *
   * @param setting null to remove
   * @param at when; a little later if another change has come at the same time
   * @param etag id of the last change that the caller knows; null if it does not matter
   * @throws SpeechException {@code NOT_FOUND} if there is nothing to remove, {@code STATE_CONFLICT}
   *     for another etag, {@code SATURATED} if there are too many, {@code FIELD_INVALID}
   */
  public ThresholdChange set(
      Target target,
      @Nullable Setting setting,
      @Nullable String etag,
      Instant at,
      String actor,
      String comment) {
    synchronized (changing) {
      ThresholdChange change =
          keeper.decide(
              all -> {
                take(all);
                check(target, setting, etag);
                ThresholdChange last = history.latest().get(target);
                Instant time = afterAll(at);
                return new ThresholdChange(
                    id(time),
                    target,
                    last == null ? null : last.after(),
                    setting,
                    time,
                    actor,
                    comment);
              });
      List<ThresholdChange> more = new ArrayList<>(history.changes());
      more.add(change);
      history = History.of(more);
      return change;
    }
  }

  private void check(Target target, @Nullable Setting setting, @Nullable String etag) {
    ThresholdChange last = history.latest().get(target);
    if (etag != null && !etag.equals(last == null ? "" : last.id())) {
      throw new SpeechException(
          Reason.STATE_CONFLICT, "the threshold has changed since; read it again");
    }
    Setting before = last == null ? null : last.after();
    if (setting == null && before == null) {
      throw new SpeechException(
          Reason.NOT_FOUND, "nothing is set there", Map.of("resource", "threshold"));
    }
    if (setting != null
        && before == null
        && history.latest().values().stream().filter(it -> it.after() != null).count() >= MOST) {
      throw new SpeechException(Reason.SATURATED, "too many thresholds are set");
    }
  }

  /**
   * Takes what other monitors on the same store have set; waits for the keeper.
   *
   * @return what is new, oldest first
   */
  public List<ThresholdChange> refresh() {
    synchronized (changing) {
      take(keeper.all());
      List<ThresholdChange> told = List.copyOf(untold);
      untold.clear();
      return told;
    }
  }

  /** Changes are only ever added, so as many are the same. */
  private void take(List<ThresholdChange> all) {
    if (all.size() == history.changes().size()) {
      return;
    }
    Set<String> known = new HashSet<>();
    history.changes().forEach(change -> known.add(change.id()));
    History next = History.of(all);
    next.changes().stream().filter(change -> !known.contains(change.id())).forEach(untold::add);
    history = next;
  }

  /** Clocks are coarse, and are set back. */
  private Instant afterAll(Instant at) {
    List<ThresholdChange> known = history.changes();
    Instant last = known.isEmpty() ? Instant.MIN : known.get(known.size() - 1).at();
    return at.isAfter(last) ? at : last.plus(1, ChronoUnit.MICROS);
  }

  /** In the order of their times, and unique among all monitors. */
  private static String id(Instant at) {
    return String.format(Locale.ROOT, "%016d-", at.toEpochMilli()) + UUID.randomUUID();
  }
}
