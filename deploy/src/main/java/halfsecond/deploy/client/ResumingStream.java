// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Streams a source in real time through restarts of the server, as a client on a phone would. When
 * the server says that it will shut down, or is lost, the next session begins with the audio after
 * the last final: what has been spoken meanwhile is sent at once, the rest as it is spoken. A final
 * that was cut short by the end of its session is dropped, because the next session hears the whole
 * utterance. Used once, by one thread.
 */
final class ResumingStream {

  private static final Duration BETWEEN_SESSIONS = Duration.ofMillis(100);

  private final SpeechClient client;
  private final AudioSource source;
  private final StreamingRecognitionConfig config;
  private final StreamOptions options;
  private final List<StreamingRecognitionResult> finals = new ArrayList<>();
  private final List<UtteranceRejected> rejected = new ArrayList<>();
  private volatile boolean draining;

  ResumingStream(
      SpeechClient client,
      AudioSource source,
      StreamingRecognitionConfig config,
      StreamOptions options) {
    this.client = client;
    this.source = source;
    this.config =
        config.toBuilder().setConfig(source.format().describe(config.getConfig())).build();
    this.options = options;
  }

  /**
   * Streams to the end of the source.
   *
   * @throws io.grpc.StatusRuntimeException when a session ends for another reason than that the
   *     server goes or is gone, or when none could be opened for the options' patience
   */
  ResumedStream run() throws IOException, InterruptedException {
    Pace pace = options.pace();
    long origin = pace.now();
    long progressed = origin;
    long from = 0;
    int sessions = 0;
    while (true) {
      sessions++;
      SessionResult result = session(from, origin);
      boolean whole = result.status().isOk() && !draining;
      if (!whole
          && !result.status().isOk()
          && result.status().getCode() != Status.Code.UNAVAILABLE) {
        throw result.status().asRuntimeException(result.trailers());
      }
      long next = settle(result, from, whole);
      if (whole) {
        return new ResumedStream(finals, rejected, sessions);
      }
      progressed = next > from || result.status().isOk() ? pace.now() : progressed;
      if (pace.now() - progressed > options.patience().toNanos()) {
        throw result.status().asRuntimeException(result.trailers());
      }
      from = next;
      pace.await(pace.now() + BETWEEN_SESSIONS.toNanos());
    }
  }

  private SessionResult session(long from, long origin) throws IOException, InterruptedException {
    draining = false;
    WireFormat format = source.format();
    try (InputStream audio = source.open(from);
        SpeechSession session = client.openWhenReady(config, this::look)) {
      if (!session.awaitAnswer(options.patience())) {
        throw SpeechClient.tooLate(options.patience());
      }
      Pace due = options.pace().startingAt(origin + format.durationOf(from).toNanos());
      AudioPump pump =
          new AudioPump(format, options.piece(), due, piece -> !draining && session.send(piece));
      // The audio pump stops at once when the server drains, and everything sent is answered.
      var unused = pump.send(audio, Long.MAX_VALUE) && pump.sendSilence(options.tail());
      session.halfClose();
      Optional<SessionResult> result = session.await(options.patience());
      return result.orElseThrow(() -> SpeechClient.tooLate(options.patience()));
    }
  }

  private void look(Received answer) {
    if (answer.response().hasDraining()) {
      draining = true;
    }
  }

  /** Keeps what is settled; returns the byte of the source that the next session begins with. */
  private long settle(SessionResult result, long from, boolean whole) {
    WireFormat format = source.format();
    OffsetShift shift = new OffsetShift(format.durationOf(from));
    long settled = from;
    for (Received answer : result.received()) {
      if (answer.response().hasRejected()) {
        UtteranceRejected refused = answer.response().getRejected();
        if (!whole && refused.getStatus().getCode() == Status.Code.UNAVAILABLE.value()) {
          return Math.max(settled, from + bytesAt(refused.getStartOffset()));
        }
        rejected.add(shift.apply(refused));
      } else if (answer.isFinal()) {
        StreamingRecognitionResult closing = answer.response().getResult();
        if (!whole && closing.getFinality() == Finality.FINALITY_STREAM_END) {
          return Math.max(settled, from + bytesAt(closing.getResultStartOffset()));
        }
        finals.add(shift.apply(closing));
        settled = from + bytesAt(closing.getResultEndOffset());
      }
    }
    return settled;
  }

  private long bytesAt(com.google.protobuf.Duration offset) {
    return source.format().bytesIn(Duration.ofNanos(Durations.toNanos(offset)));
  }
}
