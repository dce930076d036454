// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of preparing.
 *
 * @param models the prepared versions, ordered
 * @param changed false when they were there already
 * @param advice one line for the user that says how to get a faster model, when there is one
 */
public record PreparedModels(
    List<InstalledModel> models, boolean changed, Optional<String> advice) {
  public PreparedModels {
    models = List.copyOf(models);
  }
}
