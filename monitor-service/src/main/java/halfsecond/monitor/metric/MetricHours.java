// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import halfsecond.monitor.store.Document;
import halfsecond.monitor.store.DocumentChanges;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.window.WindowLayout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Puts what was written down in one hour together, when that was long enough ago that every monitor
 * has read it, and deletes it when no window of it is kept any more. Not safe for use by several
 * threads; waits for the store.
 */
final class MetricHours {
  /** Documents of what came in within some seconds. */
  static final String NEWS = "metric_news";

  /** Documents of what was written down in an hour. */
  static final String HOURS = "metric_hours";

  /** After which what was written down may be put together. */
  private static final Duration UNTIDY = Duration.ofHours(1);

  private static final int HOUR_DIGITS = 8;

  private final MetricWindows windows;
  private final DocumentStore documents;
  private final MetricSeriesCodec codec;

  /** What was put together, as far as it is known. */
  private final Set<String> known = new HashSet<>();

  private long number;
  private long tidied = Long.MIN_VALUE;

  /**
   * @param codec understands all of a document or nothing
   */
  MetricHours(MetricWindows windows, DocumentStore documents, MetricSeriesCodec codec) {
    this.windows = windows;
    this.documents = documents;
    this.codec = codec;
  }

  /** Takes what somebody has put together or deleted. */
  void know(DocumentChanges changes) {
    number = changes.number();
    if (changes.ids().isPresent()) {
      known.clear();
      known.addAll(changes.ids().get());
    }
  }

  /** Does what is due, once in an hour. */
  void tidy(Instant now) {
    Instant until = now.minus(UNTIDY);
    if (hour(until) <= tidied) {
      return;
    }
    WindowLayout layout = windows.layout();
    long oldest = hour(now.minus(layout.kept()).minus(layout.widest()).minus(WindowLayout.FUTURE));
    know(
        documents.exclusively(
            within -> {
              within.all(NEWS).stream()
                  .filter(document -> document.updated().isBefore(until))
                  .collect(groupingBy(document -> hour(document.id()), TreeMap::new, toList()))
                  .forEach((hour, news) -> putTogether(hour, news, hour < oldest, now, within));
              known.stream()
                  .filter(id -> hour(id) < oldest)
                  .forEach(id -> within.delete(HOURS, id));
              return within.changes(HOURS, number);
            }));
    tidied = hour(until);
  }

  /** What is not understood here is left for who does. */
  private void putTogether(
      long hour, List<Document> news, boolean old, Instant now, DocumentStore within) {
    MetricWindows sum = new MetricWindows(windows.catalogue(), windows.layout());
    List<String> done = new ArrayList<>();
    for (Document document : news) {
      try {
        sum.take(codec.read(document.bytes()), now);
        done.add(document.id());
      } catch (IOException | RuntimeException e) {
        if (old) {
          done.add(document.id());
        }
      }
    }
    if (!sum.all().isEmpty()) {
      // There may be another one of that hour, of which this is no part.
      String id = id(hour, UUID.randomUUID().toString());
      long unused = within.put(HOURS, id, codec.write(sum.all()));
    }
    done.forEach(id -> within.delete(NEWS, id));
  }

  /** Names a document that is written now; in the order of time. */
  static String id(Instant now, String name) {
    return id(hour(now), name);
  }

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
