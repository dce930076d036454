// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.Map;

/**
 * What a model was trained on, as far as it is known.
 *
 * @param description for people; says so when it is not known
 * @param details the same for machines: free keys such as {@code corpus}, {@code hours}, {@code
 *     recipe}, {@code commit}
 */
public record ModelTraining(String description, Map<String, String> details) {
  public ModelTraining {
    details = Map.copyOf(details);
  }
}
