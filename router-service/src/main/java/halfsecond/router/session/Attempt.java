// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.ReplayCause;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at recognizing an utterance: brings what recognition reports into the session's
 * sequence, marked with the attempt's number. Once the utterance was answered at its deadline the
 * attempt belongs to the late tail, which may outlive the session; it then holds on to nothing of
 * it. Listener methods are called on any thread, everything else in the sequence.
 */
final class Attempt implements RecognitionListener {
  private final Executor strand;
  private final int number;
  private final BooleanSupplier maySwitch;
  private @Nullable Utterance utterance;
  private @Nullable LateTail tail;
  private @Nullable RecognitionStream stream;

  /** How much of the clip this backend says it has decoded, in samples. */
  long processed;

  /** Audio was sent. */
  boolean fed;

  /** The backend worked on it. */
  boolean heard;

  /** It was told that the clip is complete. */
  boolean told;

  /**
   * @param strand runs what it is given one after another, also after the session's end
   * @param maySwitch whether a slow backend may be left; asked on any thread
   */
  Attempt(Executor strand, int number, Utterance utterance, BooleanSupplier maySwitch) {
    this.strand = strand;
    this.number = number;
    this.utterance = utterance;
    this.maySwitch = maySwitch;
  }

  int number() {
    return number;
  }

  /** To be called once, before anything is sent. */
  void opened(RecognitionStream to) {
    stream = to;
  }

  RecognitionStream stream() {
    if (stream == null) {
      throw new IllegalStateException("the attempt has not been opened");
    }
    return stream;
  }

  /** Stops it because of what its backend did; nothing is heard of it after. */
  void abandon(ReplayCause cause) {
    stream().abandon(cause);
    utterance = null;
  }

  /** Stops it; nothing is heard of it after. */
  void cancel() {
    stream().cancel();
    utterance = null;
  }

  /** From now on its events are the tail's. */
  void handTo(LateTail newOwner) {
    tail = newOwner;
    utterance = null;
  }

  @Override
  public boolean maySwitch() {
    return maySwitch.getAsBoolean();
  }

  @Override
  public void onReady() {
    inSequence(u -> u.ready(number), t -> {});
  }

  @Override
  public void onProgress(long processedSamples) {
    inSequence(u -> u.progressed(number, processedSamples), LateTail::more);
  }

  @Override
  public void onHypothesis(Hypothesis hypothesis) {
    inSequence(u -> u.hypothesis(number, hypothesis), LateTail::more);
  }

  @Override
  public void onFinal(FinalHypothesis answer) {
    Consumer<LateTail> late = answer.attempt() == number ? t -> t.answered(answer) : LateTail::more;
    inSequence(u -> u.finalAnswer(number, answer), late);
  }

  @Override
  public void onCompleted() {
    inSequence(u -> u.lost(number, BackendFailure.LOST), LateTail::ended);
  }

  @Override
  public void onLost(BackendFailure failure) {
    inSequence(u -> u.lost(number, failure), LateTail::ended);
  }

  private void inSequence(Consumer<Utterance> before, Consumer<LateTail> after) {
    strand.execute(
        () -> {
          Utterance owner = utterance;
          if (tail != null) {
            after.accept(tail);
          } else if (owner != null) {
            owner.step(() -> before.accept(owner));
          }
        });
  }
}
