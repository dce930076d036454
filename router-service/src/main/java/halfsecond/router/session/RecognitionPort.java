// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import io.opentelemetry.context.Context;

/** Opens recognition of one clip. Safe for use by any thread. */
public interface RecognitionPort {
  /**
   * Opens the stream of one attempt at one clip. Never blocks and never throws for a backend that
   * is not there: that arrives as {@link RecognitionListener#onLost}.
   *
   * @param trace the context that everything done for the clip joins
   * @param listener called on any thread, one call at a time, possibly before this returns
   */
  RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener);
}
