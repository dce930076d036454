// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.store.Document;
import halfsecond.monitor.store.DocumentChanges;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.store.StoreException;
import halfsecond.monitor.window.WindowLayout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what services report outlive the process, and be known to all monitors on one store. Each
 * monitor writes down what came in, every few seconds and apart from all that was there before, and
 * adds what the others wrote down to its own. An hour later what was written in one hour is put
 * together, so that there is little to read at a start.
 *
 * <p>Used by one thread at a time; every method waits for the store.
 */
public final class MetricExchange {
  private static final Logger LOG = LoggerFactory.getLogger(MetricExchange.class);

  /** What came in since the last time is lost when the process is killed. */
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** Of failures in a row so many are one line of the log. */
  private static final int SILENT = 30;

  /** After which what others wrote down may have been put together. */
  private static final Duration UNTIDY = Duration.ofHours(1);

  private static final int HOUR_DIGITS = 8;
  private static final String NEWS = "metric_news";
  private static final String HOURS = "metric_hours";

  private final String monitor;
  private final MetricWindows windows;
  private final MetricSeriesCodec codec;
  private final DocumentStore documents;
  private final boolean shared;

  /** News of others that were taken already; a change may be told of twice. */
  private final Set<String> taken = new HashSet<>();

  /** What was put together, as far as it is known. */
  private final Set<String> hours = new HashSet<>();

  private long newsNumber;
  private long hoursNumber;
  private long written;
  private Instant last = Instant.MIN;
  private Instant read = Instant.MIN;
  private long tidied = Long.MIN_VALUE;
  private int failures;

  /**
   * @param monitor a name that no other process has or had
   * @param windows notes what comes in from now on
   * @param shared whether there may be other monitors
   */
  public MetricExchange(
      String monitor, MetricWindows windows, DocumentStore documents, boolean shared) {
    this.monitor = monitor;
    this.windows = windows;
    this.codec = new MetricSeriesCodec(this::empty);
    this.documents = documents;
    this.shared = shared;
    windows.noteNews();
  }

  /**
   * Knows again what was kept, and nothing else but what has not been written down yet.
   *
   * @throws StoreException if it cannot be read
   */
  public void restore(Instant now) {
    // Within one transaction, in which nobody puts anything together.
    List<Document> kept =
        documents.exclusively(
            within -> {
              DocumentChanges news = within.changes(NEWS, 0);
              newsNumber = news.number();
              taken.clear();
              news.put().forEach(document -> taken.add(document.id()));
              DocumentChanges together = within.changes(HOURS, 0);
              knowHours(together);
              return Stream.concat(together.put().stream(), news.put().stream()).toList();
            });
    windows.forget();
    kept.forEach(document -> windows.take(read(document), now));
    read = now;
  }

  /** To be called every few seconds; what cannot be done now is done the next time. */
  public void tick(Instant now) {
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
      tidy(now);
      failures = 0;
    } catch (StoreException e) {
      if (failures++ % SILENT == 0) {
        LOG.atWarn().setCause(e).log("what services report cannot be kept now");
      }
    }
  }

  /** Writes down what came in since the last time; a failure is logged. */
  public void flush(Instant now) {
    try {
      writeDown(now);
    } catch (StoreException e) {
      LOG.atWarn().setCause(e).log("the last of what services reported is not kept");
    }
  }

  private void writeDown(Instant now) {
    List<MetricSeries> news = windows.takeNews();
    if (news.isEmpty()) {
      return;
    }
    // One that failed may be there all the same: the next one takes its place.
    String id = id(hour(now), monitor + "-" + written);
    boolean done = false;
    try {
      long unused = documents.put(NEWS, id, codec.write(news));
      written++;
      done = true;
    } finally {
      if (!done) {
        windows.putBack(news);
      }
    }
  }

  private void takeOthers(Instant now) {
    if (read.isBefore(now.minus(UNTIDY))) {
      restore(now);
      return;
    }
    DocumentChanges changes = documents.changes(NEWS, newsNumber);
    for (Document document : changes.put()) {
      if (!document.id().contains(monitor) && taken.add(document.id())) {
        windows.take(read(document), now);
      }
    }
    changes.ids().ifPresent(taken::retainAll);
    newsNumber = changes.number();
    read = now;
  }

  /** Puts together what was written long enough ago that everybody has read it. */
  private void tidy(Instant now) {
    long until = hour(now.minus(UNTIDY));
    if (until <= tidied) {
      return;
    }
    WindowLayout layout = windows.layout();
    long oldest = hour(now.minus(layout.kept()).minus(layout.widest()).minus(WindowLayout.FUTURE));
    DocumentChanges changes =
        documents.exclusively(
            within -> {
              within.all(NEWS).stream()
                  .filter(document -> hour(document.id()) < until)
                  .collect(groupingBy(document -> hour(document.id()), TreeMap::new, toList()))
                  .forEach((hour, news) -> putTogether(hour, news, now, within));
              hours.stream()
                  .filter(id -> hour(id) < oldest)
                  .forEach(id -> within.delete(HOURS, id));
              return within.changes(HOURS, hoursNumber);
            });
    knowHours(changes);
    tidied = until;
  }

  private void knowHours(DocumentChanges changes) {
    hoursNumber = changes.number();
    changes
        .ids()
        .ifPresent(
            ids -> {
              hours.clear();
              hours.addAll(ids);
            });
  }

  private void putTogether(long hour, List<Document> news, Instant now, DocumentStore within) {
    MetricWindows sum = new MetricWindows(windows.catalogue(), windows.layout());
    news.forEach(document -> sum.take(read(document), now));
    // There may be another one of that hour, of which this is no part.
    long unused = within.put(HOURS, id(hour, UUID.randomUUID().toString()), codec.write(sum.all()));
    news.forEach(document -> within.delete(NEWS, document.id()));
  }

  private List<MetricSeries> read(Document document) {
    try {
      return codec.read(document.bytes());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("document", document.id())
          .setCause(e)
          .log("what services reported in a while was left out");
      return List.of();
    }
  }

  private Optional<MetricSeries> empty(String name) {
    Optional<Metric> known = find(name);
    if (known.isEmpty() && shared) {
      // It may have been declared to another monitor just before.
      windows.catalogue().refresh();
      known = find(name);
    }
    return known.map(metric -> new MetricSeries(metric, windows.layout()));
  }

  private Optional<Metric> find(String name) {
    try {
      return Optional.of(windows.catalogue().find(name));
    } catch (SpeechException e) {
      return Optional.empty();
    }
  }

  /** In the order of time. */
  private static String id(long hour, String name) {
    return String.format(Locale.ROOT, "%0" + HOUR_DIGITS + "d-%s", hour, name);
  }

  private static long hour(String id) {
    return Long.parseLong(id.substring(0, HOUR_DIGITS));
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), Duration.ofHours(1).toSeconds());
  }
}
