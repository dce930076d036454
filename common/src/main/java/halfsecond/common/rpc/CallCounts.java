// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.concurrent.atomic.LongAdder;

/** How the calls of a server went. Safe for use by any thread. */
public final class CallCounts {
  private final LongAdder open = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder refused = new LongAdder();

  CallCounts() {}

  /** Streams in both directions that are open now: the work of our services comes on these. */
  public long openStreams() {
    return open.sum();
  }

  /** Calls that ended with {@code INTERNAL} since the start: bugs. */
  public long errors() {
    return errors.sum();
  }

  /**
   * Calls that ended with {@code RESOURCE_EXHAUSTED} since the start: refused because of load or
   * limits. What the transport refuses before there is a call is not among them.
   */
  public long refused() {
    return refused.sum();
  }

  void begun(MethodType type) {
    if (type == MethodType.BIDI_STREAMING) {
      open.increment();
    }
  }

  /** To be told once of each that has begun, however it ended. */
  void over(MethodType type) {
    if (type == MethodType.BIDI_STREAMING) {
      open.decrement();
    }
  }

  /** The server ended a call with this. */
  void answered(Status.Code code) {
    if (code == Status.Code.INTERNAL) {
      errors.increment();
    } else if (code == Status.Code.RESOURCE_EXHAUSTED) {
      refused.increment();
    }
  }
}
