// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.store.Document;
import halfsecond.monitor.store.DocumentChanges;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms as documents of the store. What is saved or forgotten is only noted, and written by {@link
 * #flush}: what happened since the last one is lost with the process. Safe for use by any thread.
 */
public final class KeptAlarms implements AlarmArchive {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAlarms.class);
  private static final String KIND = "alarm";

  private final DocumentStore documents;
  private long number;
  private final Object lock = new Object();

  /** By id; empty for one to be forgotten. */
  @GuardedBy("lock")
  private final Map<String, Optional<TrackedAlarm>> unwritten = new LinkedHashMap<>();

  public KeptAlarms(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public void save(TrackedAlarm alarm) {
    synchronized (lock) {
      unwritten.put(alarm.id(), Optional.of(alarm));
    }
  }

  @Override
  public void forget(String id) {
    synchronized (lock) {
      unwritten.put(id, Optional.empty());
    }
  }

  /** Waits for the store. What is kept in a form that is not understood any more is left out. */
  @Override
  public List<TrackedAlarm> load() {
    number = 0;
    return changed();
  }

  /**
   * Those that were written since this was asked last, by whomever; waits for the store. Used by
   * one thread at a time.
   */
  public List<TrackedAlarm> changed() {
    DocumentChanges changes = documents.changes(KIND, number);
    number = changes.number();
    List<TrackedAlarm> alarms = new ArrayList<>();
    for (Document document : changes.put()) {
      try {
        alarms.add(AlarmCodec.decode(document.bytes()));
      } catch (RuntimeException e) {
        LOG.atWarn().addKeyValue("alarm", document.id()).setCause(e).log("an alarm was left out");
      }
    }
    return alarms;
  }

  /**
   * Writes what was noted, and waits for the store; what cannot be written is for the next time.
   */
  public void flush() {
    Map<String, Optional<TrackedAlarm>> noted;
    synchronized (lock) {
      noted = new LinkedHashMap<>(unwritten);
    }
    try {
      noted.forEach(this::write);
    } catch (StoreException e) {
      LOG.atWarn().setCause(e).log("alarms cannot be written now");
    }
  }

  private void write(String id, Optional<TrackedAlarm> alarm) {
    if (alarm.isPresent()) {
      long unused = documents.put(KIND, id, AlarmCodec.encode(alarm.get()));
    } else {
      documents.delete(KIND, id);
    }
    synchronized (lock) {
      // Unless it changed meanwhile.
      boolean unused = unwritten.remove(id, alarm);
    }
  }
}
