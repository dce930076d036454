// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.time.Duration;
import java.util.List;

/**
 * One final.
 *
 * @param text words separated by single spaces; empty for none
 * @param finality why it ended where it did, in the server's words; empty when it does not say
 * @param attempts times that recognition was tried; 0 when it does not say
 * @param stages where the server says that the time went, from the end of speech, in order; empty
 *     when it does not say
 */
public record FinalAnswer(String text, String finality, int attempts, List<StageTime> stages) {
  public FinalAnswer {
    stages = List.copyOf(stages);
  }

  /** The server's own account of one stage. */
  public record StageTime(String stage, Duration took) {}
}
