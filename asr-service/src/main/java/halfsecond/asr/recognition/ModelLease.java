// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/**
 * The right to decode one clip with a model version, which stays loaded until this is closed. The
 * holder gives every recognizer back before it closes the lease.
 */
public interface ModelLease extends AutoCloseable {
  /** A recognizer with no clip open. May take 50 ms. */
  Recognizer acquire();

  /** Takes back a recognizer whose clip has been finished. */
  void recycle(Recognizer recognizer);

  /** Takes back a recognizer that failed: closes it. */
  void discard(Recognizer recognizer);

  /** A second close does nothing. */
  @Override
  void close();
}
