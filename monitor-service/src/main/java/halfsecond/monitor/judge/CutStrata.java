// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.ClipStatistics;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.RateSplit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Null transcripts of one series by how their clips were cut, so that a rise can be told to be the
 * detector's doing (other clips than before) or recognition's (other answers to the same clips).
 * Not safe for use by several threads.
 */
public final class CutStrata {
  /** Upper ends of clip lengths. */
  private static final List<Duration> CLIPS =
      List.of(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  /** Upper ends of leading silence. */
  private static final List<Duration> LEADS =
      List.of(Duration.ofMillis(100), Duration.ofMillis(250));

  private static final int STRATA = (CLIPS.size() + 1) * (LEADS.size() + 1);

  /** More of the latest are not remembered: what began longer ago is split over these. */
  private static final int RECENT = 4_096;

  private final long[] events = new long[STRATA];
  private final long[] trials = new long[STRATA];
  private final byte[] recent = new byte[RECENT];
  private long added;

  /** Takes a final; those without the two measurements cannot be placed and are left out. */
  void add(UtteranceRecord utterance, boolean nullTranscript) {
    ClipLength length = utterance.clip().length();
    ClipStatistics statistics = utterance.clip().statistics();
    if (length == null || statistics == null) {
      return;
    }
    int place = (int) (added % RECENT);
    if (added >= RECENT) {
      // What leaves the recent ones was quiet long enough to count for what was before.
      settle(recent[place]);
    }
    int stratum =
        place(CLIPS, length.clip()) * (LEADS.size() + 1)
            + place(LEADS, statistics.leadingSilence());
    recent[place] = (byte) (stratum << 1 | (nullTranscript ? 1 : 0));
    added++;
  }

  /**
   * Splits the change between the latest {@code count} and all before them; empty if either is
   * nothing.
   */
  Optional<RateSplit> split(long count) {
    long known = Math.min(added, RECENT);
    long after = Math.min(count, known);
    if (after == 0 || added == after) {
      return Optional.empty();
    }
    long[] eventsBefore = events.clone();
    long[] trialsBefore = trials.clone();
    long[] eventsAfter = new long[STRATA];
    long[] trialsAfter = new long[STRATA];
    for (long i = added - known; i < added; i++) {
      int packed = recent[(int) (i % RECENT)];
      boolean latest = i >= added - after;
      (latest ? trialsAfter : trialsBefore)[packed >> 1]++;
      (latest ? eventsAfter : eventsBefore)[packed >> 1] += packed & 1;
    }
    List<RateSplit.Stratum> strata = new ArrayList<>();
    for (int i = 0; i < STRATA; i++) {
      strata.add(
          new RateSplit.Stratum(
              new Proportion(eventsBefore[i], trialsBefore[i]),
              new Proportion(eventsAfter[i], trialsAfter[i])));
    }
    return Optional.of(RateSplit.of(strata));
  }

  /** What each stratum holds, in the order of those of a split. */
  public static List<String> descriptions() {
    List<String> descriptions = new ArrayList<>();
    for (int clip = 0; clip <= CLIPS.size(); clip++) {
      for (int lead = 0; lead <= LEADS.size(); lead++) {
        descriptions.add(
            "clip " + between(CLIPS, clip) + ", leading silence " + between(LEADS, lead));
      }
    }
    return descriptions;
  }

  private static String between(List<Duration> ends, int place) {
    if (place == 0) {
      return "up to " + seconds(ends.get(0));
    }
    String from = seconds(ends.get(place - 1));
    return place == ends.size() ? "over " + from : from + " to " + seconds(ends.get(place));
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  private void settle(int packed) {
    trials[packed >> 1]++;
    events[packed >> 1] += packed & 1;
  }

  private static int place(List<Duration> ends, Duration value) {
    int place = 0;
    while (place < ends.size() && value.compareTo(ends.get(place)) > 0) {
      place++;
    }
    return place;
  }
}
