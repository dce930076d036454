// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.model.ModelChoice;
import halfsecond.router.record.PartialStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to one utterance so far. Mutable and owned by its utterance; the last
 * hypothesis is kept because it is the best answer there is until the final.
 */
final class UtteranceProgress {
  @Nullable ModelChoice choice;
  @Nullable SpeechEnded end;
  @Nullable Hypothesis hypothesis;
  @Nullable FinalHypothesis answer;
  long endOfSpeechNanos;
  long finishedNanos;
  boolean finished;
  boolean beginSent;
  boolean endSent;
  boolean interimWaits;
  private int sent;
  private int dropped;

  /** A newer hypothesis replaces one that could not be sent yet. */
  void heard(Hypothesis newer, boolean forClient) {
    hypothesis = newer;
    if (forClient) {
      dropInterim();
      interimWaits = true;
    }
  }

  void interimSent() {
    interimWaits = false;
    sent++;
  }

  void dropInterim() {
    if (interimWaits) {
      interimWaits = false;
      dropped++;
    }
  }

  PartialStatistics partials() {
    return new PartialStatistics(sent, dropped);
  }
}
