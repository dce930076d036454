// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.RecognizeResponse;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Speaks to one router. Safe for any number of threads; each session belongs to one. Owns its
 * channel: closing the client cancels what is still open.
 */
public final class SpeechClient implements AutoCloseable {

  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  private final ManagedChannel channel;

  /** Takes ownership of {@code channel}. */
  public SpeechClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a session and sends its config.
   *
   * @param listener told every answer as it arrives, on a thread of the channel; must not block
   */
  public SpeechSession open(StreamingRecognitionConfig config, Consumer<Received> listener)
      throws InterruptedException {
    SpeechSession session = openWithoutConfig(listener);
    session.send(StreamingRecognizeRequest.newBuilder().setStreamingConfig(config).build());
    return session;
  }

  /**
   * Opens a session and sends nothing: for trying what a server does with a client that breaks the
   * rules.
   */
  public SpeechSession openWithoutConfig(Consumer<Received> listener) {
    return open(SpeechServiceGrpc.newStub(channel), listener);
  }

  /** As {@link #open}, and waits for a server that cannot be reached instead of failing. */
  SpeechSession openWhenReady(StreamingRecognitionConfig config, Consumer<Received> listener)
      throws InterruptedException {
    channel.resetConnectBackoff();
    SpeechSession session = open(SpeechServiceGrpc.newStub(channel).withWaitForReady(), listener);
    session.send(StreamingRecognizeRequest.newBuilder().setStreamingConfig(config).build());
    return session;
  }

  private static SpeechSession open(
      SpeechServiceGrpc.SpeechServiceStub stub, Consumer<Received> listener) {
    SessionCall call = new SessionCall(listener);
    // The call observer is the same object as the one handed to beforeStart, so its return value is
    // not needed.
    var unused = stub.streamingRecognize(call);
    return new SpeechSession(call);
  }

  /**
   * Streams a source from its beginning to its end, half-closes and waits for the last answer. The
   * source's format replaces the one in {@code config}.
   *
   * @throws StatusRuntimeException when the session does not end in time; a session that the server
   *     ended is a result
   */
  public StreamedSession stream(
      AudioSource source,
      StreamingRecognitionConfig config,
      StreamOptions options,
      Consumer<Received> listener)
      throws IOException, InterruptedException {
    return stream(source, 0, config, options, listener);
  }

  /** The same, beginning at byte {@code from} of the source. */
  StreamedSession stream(
      AudioSource source,
      long from,
      StreamingRecognitionConfig config,
      StreamOptions options,
      Consumer<Received> listener)
      throws IOException, InterruptedException {
    WireFormat format = source.format();
    StreamingRecognitionConfig complete =
        config.toBuilder().setConfig(format.describe(config.getConfig())).build();
    try (InputStream audio = source.open(from);
        SpeechSession session = open(complete, listener)) {
      if (!session.awaitAnswer(options.patience())) {
        throw tooLate(options.patience());
      }
      AudioPump pump = new AudioPump(format, options.piece(), options.pace(), session::send);
      boolean wanted =
          pump.send(audio, format.bytesIn(options.limit())) && pump.sendSilence(options.tail());
      if (wanted) {
        session.halfClose();
      }
      Optional<SessionResult> result = session.await(options.patience());
      return new StreamedSession(
          result.orElseThrow(() -> tooLate(options.patience())), pump.startNanos(), pump.sent());
    }
  }

  /**
   * Streams a live source through restarts of the server: opens another session when the server
   * drains or is lost, and sends again what was not answered. The source must know its past ({@link
   * AudioSource#open} at any byte).
   *
   * @throws StatusRuntimeException when a session ends for another reason, or no server is found
   *     for the options' patience
   */
  public ResumedStream streamResuming(
      AudioSource source, StreamingRecognitionConfig config, StreamOptions options)
      throws IOException, InterruptedException {
    return new ResumingStream(this, source, config, options).run();
  }

  /**
   * Recognizes one short clip in one call.
   *
   * @throws StatusRuntimeException when it was refused
   */
  public RecognizeResponse recognize(RecognizeRequest request, Duration deadline) {
    return SpeechServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .recognize(request);
  }

  /**
   * Recognizes a recording of any length as BATCH traffic: it is cut into sessions where nobody
   * speaks.
   *
   * @param features model, words, phrases and so on; format and traffic class are filled in here
   * @param progress told how much of the audio has been answered
   * @throws StatusRuntimeException when a session was refused or failed
   */
  public Transcription transcribe(
      AudioSource source, RecognitionConfig features, Consumer<Duration> progress)
      throws IOException, InterruptedException {
    return new BatchTranscriber(this, source, features, progress).run();
  }

  static StatusRuntimeException tooLate(Duration patience) {
    return Status.DEADLINE_EXCEEDED
        .withDescription("no answer within " + patience.toSeconds() + " s")
        .asRuntimeException();
  }

  @Override
  public void close() {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
