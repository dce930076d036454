// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.concurrent.Executor;

/**
 * Brings the events of one attempt into the session's sequence, marked with the attempt's number.
 */
record Attempt(Executor sequence, int number, Utterance utterance) implements RecognitionListener {
  @Override
  public void onReady() {
    sequence.execute(() -> utterance.ready(number));
  }

  @Override
  public void onProgress(long processedSamples) {
    sequence.execute(() -> utterance.progressed(number));
  }

  @Override
  public void onHypothesis(Hypothesis hypothesis) {
    sequence.execute(() -> utterance.hypothesis(number, hypothesis));
  }

  @Override
  public void onFinal(FinalHypothesis answer) {
    sequence.execute(() -> utterance.finalAnswer(number, answer));
  }

  @Override
  public void onCompleted() {
    sequence.execute(() -> utterance.lost(number, BackendFailure.LOST));
  }

  @Override
  public void onLost(BackendFailure failure) {
    sequence.execute(() -> utterance.lost(number, failure));
  }
}
