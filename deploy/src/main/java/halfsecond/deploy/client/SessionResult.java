// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.SpeechEvent;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one session was answered.
 *
 * @param received every answer, in the order of arrival
 * @param status how the stream ended; OK when the server had answered everything
 * @param trailers what came with the status
 */
public record SessionResult(List<Received> received, Status status, @Nullable Metadata trailers) {

  /** Copies the list. */
  public SessionResult {
    received = List.copyOf(received);
  }

  /** The finals, in order. */
  public List<StreamingRecognitionResult> finals() {
    return received.stream()
        .filter(Received::isFinal)
        .map(answer -> answer.response().getResult())
        .toList();
  }

  /** The interim results, in order. */
  public List<StreamingRecognitionResult> partials() {
    return received.stream()
        .filter(Received::isPartial)
        .map(answer -> answer.response().getResult())
        .toList();
  }

  /** The refused utterances, in order. */
  public List<UtteranceRejected> rejected() {
    return received.stream()
        .filter(answer -> answer.response().hasRejected())
        .map(answer -> answer.response().getRejected())
        .toList();
  }

  /** The speech events, in order. */
  public List<SpeechEvent> events() {
    return received.stream()
        .filter(answer -> answer.response().hasSpeechEvent())
        .map(answer -> answer.response().getSpeechEvent())
        .toList();
  }

  /** The server's name for the session; empty when it was refused. */
  public String sessionId() {
    return received.stream()
        .filter(answer -> answer.response().hasSession())
        .map(answer -> answer.response().getSession().getSessionId())
        .findFirst()
        .orElse("");
  }

  /**
   * This result, when the session ended well.
   *
   * @throws StatusRuntimeException when it did not
   */
  public SessionResult orThrow() {
    if (!status.isOk()) {
      throw new StatusRuntimeException(status, trailers);
    }
    return this;
  }
}
