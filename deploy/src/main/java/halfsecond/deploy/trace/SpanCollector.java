// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the ended spans of the last {@value #TRACES} traces in memory. One collector may be given
 * to the telemetry of several services, and be fed with the spans of other processes: that is how a
 * trace comes together. Safe for use by any thread.
 */
public final class SpanCollector implements SpanProcessor {

  /** Traces that are kept; older ones are forgotten whole. */
  static final int TRACES = 64;

  /** Spans kept of one trace, so that a trace without end cannot fill the memory. */
  static final int SPANS = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Map<String, List<TracedSpan>> traces =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<TracedSpan>> eldest) {
          return size() > TRACES;
        }
      };

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    add(SpanProtos.of(span.toSpanData()));
  }

  /** Adds an ended span of any process. */
  public void add(TracedSpan span) {
    lock.lock();
    try {
      List<TracedSpan> spans = traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>());
      if (spans.size() < SPANS) {
        spans.add(span);
        added.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  /**
   * The spans of a trace. Spans end a moment after the answer that they led to has arrived, so this
   * waits until there is one of each name, at most {@code timeout}; then it answers with what there
   * is.
   */
  public List<TracedSpan> await(String traceId, Collection<String> names, Duration timeout)
      throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!has(traceId, names) && left > 0) {
        left = added.awaitNanos(left);
      }
      return List.copyOf(traces.getOrDefault(traceId, List.of()));
    } finally {
      lock.unlock();
    }
  }

  private boolean has(String traceId, Collection<String> names) {
    List<TracedSpan> spans = traces.getOrDefault(traceId, List.of());
    return names.stream()
        .allMatch(name -> spans.stream().anyMatch(span -> span.name().equals(name)));
  }
}
