// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.ReplayCause;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Recognition that answers what the test tells it to. */
final class FakeRecognition implements RecognitionPort {
  static final DecodeStatistics STATISTICS =
      new DecodeStatistics(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(7), 0.03);

  final List<Stream> streams = new ArrayList<>();
  private final Ticker ticker;

  FakeRecognition(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener) {
    Stream stream = new Stream(request, listener);
    streams.add(stream);
    return stream;
  }

  final class Stream implements RecognitionStream {
    final ClipRequest request;
    private final RecognitionListener listener;
    private final Flow flow = new Flow();
    private final ByteString.Output audio = ByteString.newOutput();
    boolean ready = true;
    boolean finished;
    boolean cancelled;
    boolean over;
    @Nullable Duration within;

    Stream(ClipRequest request, RecognitionListener listener) {
      this.request = request;
      this.listener = listener;
    }

    void answers(String text) {
      answers(text, request.attempt(), true);
    }

    void answers(String text, int attempt, boolean complete) {
      flow.emit(
          () ->
              listener.onFinal(
                  new FinalHypothesis(
                      List.of(new Alternative(text, OptionalDouble.of(0.9), List.of())),
                      complete,
                      attempt,
                      request.modelVersion(),
                      received(),
                      STATISTICS,
                      false,
                      ticker.nanos())));
    }

    void hypothesis(String text) {
      flow.emit(() -> listener.onHypothesis(new Hypothesis(text, 0.5f, received())));
    }

    void progress() {
      flow.emit(() -> listener.onProgress(received()));
    }

    void completed() {
      over = true;
      flow.emit(listener::onCompleted);
    }

    void lost() {
      fails(Reason.BACKEND_UNAVAILABLE);
    }

    void fails(Reason reason) {
      over = true;
      listener.onLost(new BackendFailure(reason));
    }

    void becomesReady() {
      ready = true;
      listener.onReady();
    }

    ByteString audio() {
      return audio.toByteString();
    }

    long received() {
      return audio.size() / 2;
    }

    @Override
    public boolean isReady() {
      return ready && !over && !cancelled;
    }

    @Override
    public void audio(ByteString samples) {
      if (finished) {
        throw new IllegalStateException("audio after finish");
      }
      byte[] bytes = samples.toByteArray();
      audio.write(bytes, 0, bytes.length);
    }

    @Override
    public void finish(Optional<Duration> limit) {
      if (finished) {
        throw new IllegalStateException("finished twice");
      }
      finished = true;
      within = limit.orElse(null);
    }

    @Override
    public void cancel() {
      cancelled = true;
      flow.cut();
    }

    @Override
    public void abandon(ReplayCause cause) {
      cancel();
    }

    @Override
    public String backend() {
      return "fake";
    }

    @Override
    public void next() {
      flow.next();
    }
  }
}
