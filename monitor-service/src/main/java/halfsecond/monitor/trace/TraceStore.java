// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.trace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The traces that arrived last, within a bound of bytes, in memory. What is in a trace is no
 * concern of the store. Safe for use by any thread.
 */
public final class TraceStore {
  /** Of one trace, so that one without end cannot push out all others. */
  static final int MOST_PART_BYTES = 256 * 1024;

  private final long mostBytes;
  private final Object lock = new Object();

  /** The one that began to arrive first, first. */
  @GuardedBy("lock")
  private final Map<String, Trace> traces = new LinkedHashMap<>();

  @GuardedBy("lock")
  private long bytes;

  private static final class Trace {
    final List<byte[]> parts = new ArrayList<>();
    long bytes;
  }

  /**
   * @param mostBytes that all parts together may take; 0 keeps nothing
   */
  public TraceStore(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Adds a part of a trace, pushing out the oldest traces.
   *
   * @param part owned by the store from here on
   * @return false if it was dropped because the trace is too large
   */
  public boolean add(String traceId, byte[] part) {
    synchronized (lock) {
      Trace trace = traces.computeIfAbsent(traceId, unused -> new Trace());
      if (trace.bytes + part.length > Math.min(MOST_PART_BYTES, mostBytes)) {
        return false;
      }
      trace.parts.add(part);
      trace.bytes += part.length;
      bytes += part.length;
      Iterator<Trace> oldest = traces.values().iterator();
      while (bytes > mostBytes && oldest.hasNext()) {
        bytes -= oldest.next().bytes;
        oldest.remove();
      }
      return true;
    }
  }

  /** The parts of a trace in the order in which they arrived; empty if it is not kept. */
  public List<byte[]> find(String traceId) {
    synchronized (lock) {
      Trace trace = traces.get(traceId);
      return trace == null ? List.of() : List.copyOf(trace.parts);
    }
  }

  /** Bytes that are kept. */
  public long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }
}
