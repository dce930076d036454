// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What recognition has loaded, kept fresh in the background. Safe for use by any thread. */
public interface ModelDirectory {
  /**
   * The versions that take clips somewhere, as last heard. Empty before the first report. Never
   * blocks.
   */
  List<LoadedModel> loaded();

  /**
   * The versions that took clips when last heard of, and are only where nobody answers now. Never
   * blocks.
   */
  default List<LoadedModel> missing() {
    return List.of();
  }

  /** Whether any replica of recognition has said what it has loaded, and is there now. */
  boolean known();

  /**
   * Asks recognition again. Requests that come while one is under way share it, so unknown names
   * cost no more than one question at a time. Completes in bounded time on any thread, also when
   * asking failed; never exceptionally.
   */
  CompletionStage<Void> refresh();
}
