// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Recognition's answer for a clip.
 *
 * @param alternatives best first, at least one
 * @param complete false when the time given ran out before the whole clip was decoded
 * @param attempt echoed from the request; 0 for an answer of the router's own
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

  /**
   * The router's own answer at the deadline.
   *
   * @param last the best there is; absent when recognition never said anything
   */
  static FinalHypothesis cut(Optional<Hypothesis> last, String modelVersion, long nowNanos) {
    return new FinalHypothesis(
        List.of(
            new Alternative(
                last.map(Hypothesis::transcript).orElse(""), OptionalDouble.empty(), List.of())),
        false,
        0,
        modelVersion,
        last.map(Hypothesis::processedSamples).orElse(0L),
        DecodeStatistics.NONE,
        false,
        nowNanos);
  }

  Alternative best() {
    return alternatives.get(0);
  }
}
