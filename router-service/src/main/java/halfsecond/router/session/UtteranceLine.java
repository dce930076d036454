// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.SpeechException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The utterances of one session whose closing answer has not been sent, in order. What is sent to
 * the client is about the first of them only, so that answers, events and interim results never
 * overtake those of an earlier utterance. For the session's sequence only.
 */
final class UtteranceLine {
  private final SessionScope scope;
  private final Consumer<SpeechException> unusable;
  private final int limit;
  private final ArrayDeque<Utterance> line = new ArrayDeque<>(4);
  private @Nullable Utterance current;
  private int answers;

  UtteranceLine(SessionScope scope, Consumer<SpeechException> unusable) {
    this.scope = scope;
    this.unusable = unusable;
    this.limit = scope.services().limits().utterancesInFlight();
  }

  void start(SpeechStarted event) {
    Utterance utterance = new Utterance(scope, event, unusable);
    line.addLast(utterance);
    current = utterance;
    utterance.open();
  }

  void acknowledge(long sample) {
    if (current != null) {
      current.acknowledge(sample);
    }
  }

  /** The detector was lost while an utterance was spoken. */
  void detectorLost() {
    if (current != null) {
      current.detectorLost();
    }
  }

  void end(SpeechEnded event) {
    Utterance ending = current;
    current = null;
    if (ending != null) {
      ending.speechEnded(event);
    }
  }

  /** Sends what may be sent now; returns whether an utterance was closed by that. */
  boolean deliver(SessionOutput out) {
    boolean closed = false;
    for (Utterance first = line.peekFirst(); first != null; first = line.peekFirst()) {
      first.sendActivity(out);
      if (!first.answered()) {
        first.sendInterim(out);
        return closed;
      }
      line.removeFirst();
      answers++;
      first.sendAnswer(out, answers);
      closed = true;
    }
    return closed;
  }

  /**
   * Refuses the utterance that is being spoken; those that are complete keep waiting for their
   * finals.
   */
  void rejectCurrent(SpeechException status) {
    Utterance spoken = current;
    current = null;
    if (spoken != null) {
      spoken.reject(status);
    }
  }

  void rejectAll(SpeechException status) {
    current = null;
    line.forEach(utterance -> utterance.reject(status));
  }

  void abandonAll() {
    current = null;
    line.forEach(Utterance::abandon);
    line.clear();
  }

  boolean hasRoom() {
    return line.size() < limit;
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  /** Whether an utterance is being spoken. */
  boolean inSpeech() {
    return current != null;
  }

  /** Acknowledged audio that waits for recognition, over all utterances, in samples. */
  long pending() {
    return line.stream().mapToLong(Utterance::pending).sum();
  }

  /** The oldest sample that is still to be forwarded; {@code otherwise} when there is none. */
  long oldestNeeded(long otherwise) {
    return line.stream().mapToLong(u -> u.oldestNeeded(otherwise)).min().orElse(otherwise);
  }

  /**
   * The oldest sample that an unanswered utterance may want again; {@code otherwise} when there is
   * none.
   */
  long oldestKept(long otherwise) {
    Utterance first = line.peekFirst();
    return first == null ? otherwise : first.clipStart();
  }

  int answered() {
    return answers;
  }
}
