// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.speech.v1.UtteranceRejected;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Recognizes one recording. A session may last only so long, so a long recording takes several. A
 * session that ends while somebody speaks is the trouble: its last utterance is cut. That answer is
 * dropped, and the next session begins where that utterance began. An utterance is shorter than a
 * session, so this always gets on. Used once, by one thread.
 */
final class BatchTranscriber {

  private final SpeechClient client;
  private final AudioSource source;
  private final StreamingRecognitionConfig config;
  private final Consumer<Duration> progress;
  private final List<StreamingRecognitionResult> finals = new ArrayList<>();
  private final List<UtteranceRejected> rejected = new ArrayList<>();

  BatchTranscriber(
      SpeechClient client,
      AudioSource source,
      RecognitionConfig features,
      Consumer<Duration> progress) {
    this.client = client;
    this.source = source;
    this.progress = progress;
    this.config =
        StreamingRecognitionConfig.newBuilder()
            .setConfig(features.toBuilder().setTrafficClass(TrafficClass.TRAFFIC_CLASS_BATCH))
            .build();
  }

  Transcription run() throws IOException, InterruptedException {
    long began = System.nanoTime();
    WireFormat format = source.format();
    StreamOptions options = StreamOptions.fast();
    long limit = format.bytesIn(options.limit());
    long from = 0;
    boolean more = true;
    while (more) {
      Duration offset = format.durationOf(from);
      StreamedSession session =
          client.stream(source, from, config, options, answer -> tell(answer, offset));
      more = session.sentBytes() == limit;
      from += settle(session, new OffsetShift(offset), more);
    }
    return new Transcription(
        finals, rejected, format.durationOf(from), Duration.ofNanos(System.nanoTime() - began));
  }

  /** Keeps what is settled; returns the bytes of the session that are done with. */
  private long settle(StreamedSession session, OffsetShift shift, boolean more) {
    SessionResult result = session.result().orThrow();
    result.rejected().forEach(refused -> rejected.add(shift.apply(refused)));
    for (StreamingRecognitionResult answer : result.finals()) {
      long start = bytesAt(answer.getResultStartOffset());
      if (more && answer.getFinality() == Finality.FINALITY_STREAM_END && start > 0) {
        return start;
      }
      finals.add(shift.apply(answer));
    }
    return session.sentBytes();
  }

  private long bytesAt(com.google.protobuf.Duration offset) {
    return source.format().bytesIn(Duration.ofNanos(Durations.toNanos(offset)));
  }

  private void tell(Received answer, Duration offset) {
    if (answer.isFinal()) {
      long end = Durations.toNanos(answer.response().getResult().getResultEndOffset());
      progress.accept(offset.plusNanos(end));
    }
  }
}
