// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.store.Document;
import halfsecond.monitor.store.DocumentChanges;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what services report outlive the process, and be known to all monitors on one store. Each
 * monitor writes down what came in, every few seconds and apart from all that was there before, and
 * adds what the others wrote down to its own. An hour later what was written in one hour is put
 * together, so that there is little to read at a start. The clocks of monitors on one store must
 * not differ by more than some minutes. Nothing is counted twice, unless a monitor does not learn
 * that something was written and is then cut off for an hour, in which others put it together.
 *
 * <p>Safe for use by any thread; every method waits for the store.
 */
public final class MetricExchange {
  private static final Logger LOG = LoggerFactory.getLogger(MetricExchange.class);

  /**
   * What came in since the last time is lost when the process is killed. Asked every two seconds,
   * this makes four.
   */
  private static final Duration EVERY = Duration.ofSeconds(4);

  /** Of failures in a row so many are one line of the log. */
  private static final int SILENT = 30;

  /** After which some of what others wrote may have been put together before it was read here. */
  private static final Duration AWAY = Duration.ofMinutes(30);

  private final String monitor;
  private final MetricWindows windows;
  private final DocumentStore documents;
  private final boolean shared;

  /** Leaves out metrics that there are no more, or not yet. */
  private final MetricSeriesCodec lenient = new MetricSeriesCodec(this::ifKnown);

  /** Understands all of it or nothing. */
  private final MetricSeriesCodec strict = new MetricSeriesCodec(this::known);

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final MetricHours hours;

  /** News of others that were taken already; a change may be told of twice. */
  @GuardedBy("lock")
  private final Set<String> taken = new HashSet<>();

  /** Whether it was written is not known: the same is written again until it was. */
  @GuardedBy("lock")
  private @Nullable Pending pending;

  @GuardedBy("lock")
  private long newsNumber;

  @GuardedBy("lock")
  private long written;

  @GuardedBy("lock")
  private Instant last = Instant.MIN;

  @GuardedBy("lock")
  private Instant read = Instant.MIN;

  @GuardedBy("lock")
  private int failures;

  private record Pending(String id, List<MetricSeries> news) {}

  /**
   * @param monitor a name that no other process has or had
   * @param windows notes what comes in from now on
   * @param shared whether there may be other monitors
   */
  public MetricExchange(
      String monitor, MetricWindows windows, DocumentStore documents, boolean shared) {
    this.monitor = monitor;
    this.windows = windows;
    this.documents = documents;
    this.shared = shared;
    this.hours = new MetricHours(windows, documents, strict);
    windows.noteNews();
  }

  /**
   * Knows again what was kept, and nothing else but what has not been written down yet.
   *
   * @throws StoreException if it cannot be read
   */
  public void restore(Instant now) {
    synchronized (lock) {
      // Within one transaction, in which nobody puts anything together.
      Kept kept = documents.exclusively(Kept::in);
      windows.catalogue().refresh();
      hours.know(kept.hours());
      newsNumber = kept.news().number();
      taken.clear();
      List<MetricSeries> all = new ArrayList<>();
      for (Document document : kept.news().put()) {
        all.addAll(read(document));
        taken.add(document.id());
      }
      kept.hours().put().forEach(document -> all.addAll(read(document)));
      Pending unknown = pending;
      if (unknown != null && !taken.contains(unknown.id())) {
        all.addAll(unknown.news());
      }
      windows.replace(all, now);
      read = now;
    }
  }

  private record Kept(DocumentChanges hours, DocumentChanges news) {
    static Kept in(DocumentStore within) {
      return new Kept(within.changes(MetricHours.HOURS, 0), within.changes(MetricHours.NEWS, 0));
    }
  }

  /** To be called every two seconds; what cannot be done now is done the next time. */
  public void tick(Instant now) {
    synchronized (lock) {
      // A clock that was put back must not end it.
      if (!now.isBefore(last) && now.isBefore(last.plus(EVERY))) {
        return;
      }
      last = now;
      try {
        writeDown(now);
        if (shared) {
          takeOthers(now);
        }
        hours.tidy(now);
        failures = 0;
      } catch (StoreException e) {
        if (failures++ % SILENT == 0) {
          LOG.atWarn().setCause(e).log("what services report cannot be kept now");
        }
      }
    }
  }

  /** Writes down what came in since the last time; a failure is logged. */
  public void flush(Instant now) {
    synchronized (lock) {
      try {
        writeDown(now);
      } catch (StoreException e) {
        LOG.atWarn().setCause(e).log("the last of what services reported is not kept");
      }
    }
  }

  @GuardedBy("lock")
  private void writeDown(Instant now) {
    writePending();
    List<MetricSeries> news = windows.takeNews();
    if (!news.isEmpty()) {
      pending = new Pending(MetricHours.id(now, monitor + "-" + written), news);
      written++;
      writePending();
    }
  }

  @GuardedBy("lock")
  private void writePending() {
    Pending next = pending;
    if (next != null) {
      long unused = documents.put(MetricHours.NEWS, next.id(), strict.write(next.news()));
      pending = null;
    }
  }

  @GuardedBy("lock")
  private void takeOthers(Instant now) {
    if (read.isBefore(now.minus(AWAY))) {
      restore(now);
      return;
    }
    DocumentChanges changes = documents.changes(MetricHours.NEWS, newsNumber);
    Set<String> known = taken;
    List<Document> others =
        changes.put().stream()
            .filter(document -> !document.id().contains(monitor))
            .filter(document -> !known.contains(document.id()))
            .toList();
    if (!others.isEmpty()) {
      // They may be about what was declared to another monitor just before.
      windows.catalogue().refresh();
    }
    for (Document document : others) {
      windows.take(read(document), now);
      taken.add(document.id());
    }
    if (changes.ids().isPresent()) {
      taken.retainAll(changes.ids().get());
    }
    newsNumber = changes.number();
    read = now;
  }

  private List<MetricSeries> read(Document document) {
    try {
      return lenient.read(document.bytes());
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("document", document.id())
          .setCause(e)
          .log("what services reported in a while was left out");
      return List.of();
    }
  }

  private Optional<MetricSeries> known(String name) {
    return Optional.of(new MetricSeries(windows.catalogue().find(name), windows.layout()));
  }

  private Optional<MetricSeries> ifKnown(String name) {
    try {
      return known(name);
    } catch (SpeechException e) {
      return Optional.empty();
    }
  }
}
