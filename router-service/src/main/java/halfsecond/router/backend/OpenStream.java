// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

/** A stream that is open at a replica. Its methods are called on any thread and never block. */
public interface OpenStream {
  /** How long audio that was sent has been waiting for a sign of progress, in nanoseconds; or 0. */
  long progressDue(long nowNanos);

  /** How long a final that was asked for has been waited for, in nanoseconds; or 0. */
  long finalDue(long nowNanos);

  /** The replica is left out because it is far slower than others: the stream is to be given up. */
  void slow();
}
