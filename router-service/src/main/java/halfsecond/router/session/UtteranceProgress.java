// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.model.ModelChoice;
import halfsecond.router.record.PartialStatistics;
import halfsecond.router.utterance.ReplayCause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to one utterance so far. Mutable and owned by its utterance; the last
 * hypothesis is kept because it is the best answer there is until the final.
 */
final class UtteranceProgress {
  private static final int MOST_CAUSES = 10;

  @Nullable ModelChoice choice;
  @Nullable SpeechEnded end;
  @Nullable Hypothesis hypothesis;
  @Nullable FinalHypothesis answer;

  /** Of the audio clock, taken when the start was told: arrivals are not remembered for long. */
  long startOfSpeechNanos;

  long endOfSpeechNanos;

  /** When recognition was told to finish for the first time; that ends the stage route. */
  long finishedNanos;

  boolean finished;

  /** Names the replica that answered. */
  String backend = "";

  boolean beginSent;
  boolean endSent;
  boolean interimWaits;
  private final List<ReplayCause> causes = new ArrayList<>(2);
  private int sent;
  private int dropped;

  /**
   * A newer hypothesis replaces one that could not be sent yet, unless it covers less: an attempt
   * that begins again has nothing to say until it has caught up.
   */
  void heard(Hypothesis newer, boolean forClient) {
    Hypothesis best = hypothesis;
    if (best != null && newer.processedSamples() < best.processedSamples()) {
      return;
    }
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

  /** Something was lost: goes into the record, as far as there is room. */
  void lost(ReplayCause cause) {
    if (causes.size() < MOST_CAUSES) {
      causes.add(cause);
    }
  }

  List<ReplayCause> causes() {
    return causes;
  }

  PartialStatistics partials() {
    return new PartialStatistics(sent, dropped);
  }
}
