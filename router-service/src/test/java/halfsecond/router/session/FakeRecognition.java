// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Scheduler;
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

/**
 * Recognition that answers what the test tells it to, and gives signs of life until it is told not
 * to.
 */
final class FakeRecognition implements RecognitionPort {
  static final DecodeStatistics STATISTICS =
      new DecodeStatistics(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(7), 0.03);

  /** Nobody answers: streams are lost as soon as they are opened, and have no backend. */
  boolean absent;

  /** Whether new streams are ready for audio. */
  boolean takesAudio = true;

  final List<Stream> streams = new ArrayList<>();
  private final Scheduler ticker;

  FakeRecognition(Scheduler ticker) {
    this.ticker = ticker;
  }

  @Override
  public RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener) {
    Stream stream = new Stream(request, listener, "asr-" + (streams.size() + 1));
    streams.add(stream);
    if (absent) {
      stream.named = false;
      stream.ready = false;
      stream.lost();
    } else {
      stream.beatLater();
    }
    return stream;
  }

  final class Stream implements RecognitionStream {
    final ClipRequest request;
    final String backend;
    @Nullable ReplayCause abandoned;
    private final RecognitionListener listener;
    private final Flow flow = new Flow();
    private final ByteString.Output audio = ByteString.newOutput();
    boolean ready = takesAudio;
    boolean named = true;
    boolean alive = true;
    boolean closed;
    long decoded = Long.MAX_VALUE;
    boolean finished;
    boolean cancelled;
    boolean over;
    @Nullable Duration within;

    Stream(ClipRequest request, RecognitionListener listener, String backend) {
      this.request = request;
      this.backend = backend;
      this.listener = listener;
    }

    void answers(String text) {
      answers(text, request.attempt(), true);
    }

    void answers(String text, int attempt, boolean complete) {
      closed |= complete && attempt == request.attempt();
      answers(text, attempt, complete, received());
    }

    /** Answers at the deadline with less than it got. */
    void answersUpTo(long processed, String text) {
      answers(text, request.attempt(), false, processed);
    }

    private void answers(String text, int attempt, boolean complete, long processed) {
      flow.emit(
          () ->
              listener.onFinal(
                  new FinalHypothesis(
                      List.of(new Alternative(text, OptionalDouble.of(0.9), List.of())),
                      complete,
                      attempt,
                      request.modelVersion(),
                      processed,
                      STATISTICS,
                      false,
                      ticker.nanos())));
    }

    void hypothesis(String text) {
      hypothesisUpTo(received(), text);
    }

    void hypothesisUpTo(long processed, String text) {
      flow.emit(() -> listener.onHypothesis(new Hypothesis(text, 0.5f, processed)));
    }

    void progress() {
      flow.emit(() -> listener.onProgress(Math.min(decoded, received())));
    }

    private void beatLater() {
      ticker.after(Duration.ofMillis(100), this::beat);
    }

    private void beat() {
      if (!over && !cancelled) {
        if (alive && flow.waiting() == 0) {
          progress();
        }
        beatLater();
      }
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

    /** As the pool does when it finds the backend slow; returns whether the clip may leave it. */
    boolean slow() {
      boolean leaves = listener.maySwitch();
      if (leaves) {
        over = true;
        listener.onLost(BackendFailure.slow());
      }
      return leaves;
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
      abandoned = cause;
      cancel();
    }

    @Override
    public String backend() {
      return named ? backend : "";
    }

    @Override
    public void next() {
      flow.next();
    }
  }
}
