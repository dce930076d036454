// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.store.LogEntry;
import halfsecond.monitor.store.RecordLog;
import halfsecond.monitor.window.UtteranceWindows;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The way of every record into the log, and by way of it into all that counts. Safe for use by any
 * thread; returns without waiting for the log.
 */
public final class Intake {
  private final UtteranceWindows windows;
  private final RecordLog log;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final RecentIds recent;

  /** Told of a record that is not taken, by its place among those that were offered. */
  @FunctionalInterface
  public interface Refusals {
    /** Called before {@link Intake#take} returns, by its caller's thread. */
    void refused(int place, SpeechException why);
  }

  /**
   * @param windows say which times are kept
   * @param remembered records that are recognized when they come again without asking the log, the
   *     newest so many
   */
  public Intake(UtteranceWindows windows, RecordLog log, int remembered) {
    this.windows = windows;
    this.log = log;
    this.recent = new RecentIds(remembered);
  }

  /**
   * Takes records, except those that are known and those whose time is not one that is kept; these
   * may be sent again.
   *
   * @return completes when what was offered need not be sent again: all of it is durable and
   *     counted, also what was known before. With how many of them were new. Fails as {@link
   *     RecordLog#append}
   * @throws SpeechException {@code SATURATED} if too much waits for the log; nothing was taken
   */
  public CompletionStage<Integer> take(List<LogEntry> offered, Refusals refusals) {
    // One order for the ids and the log: a known one must be in the log before this ends.
    synchronized (lock) {
      Map<RecordId, LogEntry> fresh = new LinkedHashMap<>();
      for (int place = 0; place < offered.size(); place++) {
        LogEntry entry = offered.get(place);
        UtteranceRecord utterance = entry.utterance();
        if (!recent.contains(utterance.id())) {
          try {
            windows.check("event_time", utterance.origin().eventTime(), entry.ingested());
            fresh.putIfAbsent(utterance.id(), entry);
          } catch (SpeechException e) {
            refusals.refused(place, e);
          }
        }
      }
      CompletionStage<Integer> kept = log.append(List.copyOf(fresh.values()));
      fresh.keySet().forEach(recent::add);
      return kept;
    }
  }

  /** Takes note of a record that is in the log since before the start. */
  public void remember(UtteranceRecord utterance, Instant ingested) {
    synchronized (lock) {
      if (!recent.contains(utterance.id())) {
        recent.add(utterance.id());
      }
    }
  }
}
