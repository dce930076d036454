// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.session.ClipRequest;
import halfsecond.router.session.FinalHypothesis;
import halfsecond.router.session.Hypothesis;
import halfsecond.router.session.RecognitionListener;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.RecognitionStream;
import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.router.utterance.Word;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Recognition that has heard everything at once. One clip at a time. */
final class InstantRecognition implements RecognitionPort {
  private static final DecodeStatistics STATISTICS =
      new DecodeStatistics(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(7), 0.03);

  private static final Alternative ANSWER =
      new Alternative(
          "ten of clubs",
          OptionalDouble.of(0.9),
          List.of(
              new Word("ten", 3_200, 6_400, OptionalDouble.of(0.9)),
              new Word("of", 6_400, 8_000, OptionalDouble.of(0.9)),
              new Word("clubs", 8_000, 12_800, OptionalDouble.of(0.9))));

  private @Nullable Stream stream;

  @Override
  public RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener) {
    Stream opened = new Stream(request, listener);
    stream = opened;
    return opened;
  }

  /** Says what it has heard so far of the clip that is open. */
  void partial() {
    Stream open = Objects.requireNonNull(stream, "no clip is open");
    open.listener.onProgress(open.received);
    open.listener.onHypothesis(new Hypothesis("ten of", 0.5f, open.received));
  }

  private static final class Stream implements RecognitionStream {
    private final ClipRequest request;
    private final RecognitionListener listener;
    private long received;

    Stream(ClipRequest request, RecognitionListener listener) {
      this.request = request;
      this.listener = listener;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void audio(ByteString samples) {
      received += samples.size() / 2;
    }

    @Override
    public void finish(Optional<Duration> within) {
      listener.onFinal(
          new FinalHypothesis(
              List.of(ANSWER),
              true,
              request.attempt(),
              request.modelVersion(),
              received,
              STATISTICS,
              false,
              System.nanoTime()));
      listener.onCompleted();
    }

    @Override
    public void cancel() {}

    @Override
    public void abandon(ReplayCause cause) {}

    @Override
    public String backend() {
      return "asr";
    }

    @Override
    public void next() {}
  }
}
