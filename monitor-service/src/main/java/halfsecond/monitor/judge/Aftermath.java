// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits a little after each final for what the user does with it: until then nobody knows whether
 * there will be a redo. What comes later is not judged. Not safe for use by several threads.
 */
final class Aftermath {
  /** Who says it again or types does so within seconds. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Above some 160 finals a second those that come while so many wait are not judged; the others
   * stand for them. Some 20 MB.
   */
  static final int MOST = 20_000;

  /** By utterance, in the order in which they came. */
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** Where nobody ever reports something, that it did not happen says nothing. */
  private final Set<Feedback.Kind> reported = EnumSet.noneOf(Feedback.Kind.class);

  private static final class Waiting {
    private final Instant due;
    private final Set<Feedback.Kind> kinds = EnumSet.noneOf(Feedback.Kind.class);
    private @Nullable UtteranceRecord utterance;

    Waiting(Instant due) {
      this.due = due;
    }
  }

  /**
   * What became of a final.
   *
   * @param kinds what the user did
   */
  record Known(UtteranceRecord utterance, Set<Feedback.Kind> kinds) {}

  /** Waits for what happens to it, if it is a final. */
  void add(UtteranceRecord utterance) {
    if (utterance.outcome() instanceof Outcome.Final) {
      Instant due = utterance.origin().eventTime().plus(PATIENCE);
      of(utterance.id().utteranceId(), due).utterance = utterance;
    }
  }

  /** Takes what a user did; its record may come later. */
  void react(UtteranceRecord about, Feedback.Kind kind) {
    reported.add(kind);
    Instant due = about.origin().eventTime().plus(PATIENCE);
    of(about.id().utteranceId(), due).kinds.add(kind);
  }

  /** Kinds that somebody has reported at all. */
  boolean isReported(Feedback.Kind kind) {
    return reported.contains(kind);
  }

  /** Those that were waited for long enough, and are not waited for any more. */
  List<Known> due(Instant now) {
    List<Known> known = new ArrayList<>();
    var oldest = waiting.values().iterator();
    while (oldest.hasNext()) {
      Waiting next = oldest.next();
      if (next.due.isAfter(now)) {
        break;
      }
      oldest.remove();
      UtteranceRecord utterance = next.utterance;
      if (utterance != null) {
        known.add(new Known(utterance, next.kinds));
      }
    }
    return known;
  }

  private Waiting of(String utterance, Instant due) {
    Waiting known = waiting.get(utterance);
    if (known != null) {
      return known;
    }
    Waiting another = new Waiting(due);
    if (waiting.size() < MOST) {
      waiting.put(utterance, another);
    }
    return another;
  }
}
