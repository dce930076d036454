// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import java.util.List;

/**
 * Recognition's answer for a clip.
 *
 * @param alternatives best first, at least one
 * @param complete false when the time given ran out before the whole clip was decoded
 * @param attempt echoed from the request
 * @param noiseRejected words were heard but withheld as noise; the text is then empty
 * @param arrivalNanos when this reached the router
 */
public record FinalHypothesis(
    List<Alternative> alternatives,
    boolean complete,
    int attempt,
    String modelVersion,
    long processedSamples,
    DecodeStatistics statistics,
    boolean noiseRejected,
    long arrivalNanos) {
  public FinalHypothesis {
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a final has at least one alternative");
    }
  }

  Alternative best() {
    return alternatives.get(0);
  }
}
