// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/** Opens detection streams. Safe for use by any thread. */
public interface VadPort {
  /**
   * Opens the stream of one session. Never blocks and never throws for a detector that is not
   * there: that arrives as {@link VadListener#onLost}.
   *
   * @param listener called on any thread, one call at a time, possibly before this returns
   */
  VadStream open(DetectionRequest request, VadListener listener);
}
