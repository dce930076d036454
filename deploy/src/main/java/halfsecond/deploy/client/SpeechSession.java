// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.ByteString;
import halfsecond.speech.v1.Finalize;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * One open session. Requests go out in the order of the calls; one thread sends, any thread may
 * cancel or wait. Answers arrive on a thread of the channel. Closing a session that has not ended
 * cancels it.
 */
public final class SpeechSession implements AutoCloseable {

  private final SessionCall call;

  SpeechSession(SessionCall call) {
    this.call = call;
  }

  /**
   * Sends audio, at most 64 KiB. Blocks while the server does not take it: the memory that unsent
   * audio needs is bounded by the transport's window.
   *
   * @return false when the session has ended and the audio went nowhere
   */
  public boolean send(ByteString audio) throws InterruptedException {
    return send(StreamingRecognizeRequest.newBuilder().setAudio(audio).build());
  }

  /** Sends any request, also one that the server must refuse. As {@link #send(ByteString)}. */
  public boolean send(StreamingRecognizeRequest request) throws InterruptedException {
    return call.send(request);
  }

  /** Asks for the final of the utterance in progress. */
  public boolean finalizeUtterance() throws InterruptedException {
    return send(
        StreamingRecognizeRequest.newBuilder().setFinalize(Finalize.getDefaultInstance()).build());
  }

  /** Says where speech begins or ends, for a session with client-side endpointing. */
  public boolean mark(SpeechMarker.Kind kind) throws InterruptedException {
    return send(
        StreamingRecognizeRequest.newBuilder()
            .setSpeechMarker(SpeechMarker.newBuilder().setKind(kind))
            .build());
  }

  /** Says that no more audio will come; the server answers what is open and ends the session. */
  public void halfClose() {
    call.halfClose();
  }

  /**
   * Waits until the server has accepted or refused the session; false when it does neither in time.
   */
  public boolean awaitAnswer(Duration timeout) throws InterruptedException {
    return call.awaitAnswer(timeout);
  }

  /** Waits for the end of the session; empty when it has not ended after {@code timeout}. */
  public Optional<SessionResult> await(Duration timeout) throws InterruptedException {
    return call.await(timeout);
  }

  /**
   * The answers so far, and the status when there is one; for looking on while the session is open.
   */
  public SessionResult soFar() {
    return call.soFar();
  }

  /** Gives the session up. Does nothing when it has ended. */
  @Override
  public void close() {
    call.cancel(Status.CANCELLED.withDescription("closed by the client"));
  }
}
