// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What recognition has loaded, kept fresh in the background. Safe for use by any thread. */
public interface ModelDirectory {
  /**
   * The versions that took clips when last heard of. Empty before the first report. Never blocks.
   */
  List<LoadedModel> loaded();

  /** Whether recognition has reported at all and its last report still stands. */
  boolean known();

  /**
   * Asks recognition again. Requests that come while one is under way share it, so unknown names
   * cost no more than one question at a time. Completes in bounded time on any thread, also when
   * asking failed; never exceptionally.
   */
  CompletionStage<Void> refresh();
}
