// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A detector that says what the test tells it to. */
final class FakeVad implements VadPort {
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  static final ClipStatistics STATISTICS =
      new ClipStatistics(
          0.8,
          -20,
          -3,
          0,
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          OptionalDouble.of(20),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  final List<Stream> streams = new ArrayList<>();
  private final Ticker ticker;

  FakeVad(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public VadStream open(DetectionRequest request, VadListener listener) {
    Stream stream = new Stream(listener);
    streams.add(stream);
    return stream;
  }

  /** The only stream. */
  Stream stream() {
    return streams.get(0);
  }

  final class Stream implements VadStream {
    private final VadListener listener;
    private final Flow flow = new Flow();
    private final ByteString.Output audio = ByteString.newOutput();
    boolean ready = true;
    boolean halfClosed;
    boolean cancelled;
    boolean over;
    int endUtterances;
    private @Nullable Long clipStart;

    Stream(VadListener listener) {
      this.listener = listener;
    }

    void started(long clipStart, long speechStart, long acknowledged) {
      this.clipStart = clipStart;
      flow.emit(
          () ->
              listener.onStarted(
                  new SpeechStarted(
                      clipStart, speechStart, acknowledged, TRACE_PARENT, ticker.nanos())));
    }

    void progress(long processed) {
      flow.emit(() -> listener.onProgress(new VadProgress(processed, OptionalLong.empty())));
    }

    void acknowledged(long sample) {
      flow.emit(() -> listener.onProgress(new VadProgress(sample, OptionalLong.of(sample))));
    }

    void ended(long clipEnd, long speechEnd, EndReason reason) {
      clipStart = null;
      flow.emit(
          () ->
              listener.onEnded(
                  new SpeechEnded(
                      clipEnd,
                      speechEnd,
                      clipEnd,
                      reason,
                      Optional.of(STATISTICS),
                      ticker.nanos())));
    }

    void completed() {
      over = true;
      flow.emit(listener::onCompleted);
    }

    void lost() {
      over = true;
      listener.onLost(BackendFailure.LOST);
    }

    void becomesReady() {
      ready = true;
      listener.onReady();
    }

    boolean inUtterance() {
      return clipStart != null;
    }

    /** Samples that were sent. */
    long received() {
      return audio.size() / 2;
    }

    /** Events that wait for credit. */
    int waiting() {
      return flow.waiting();
    }

    @Override
    public boolean isReady() {
      return ready && !over && !cancelled;
    }

    @Override
    public void audio(ByteString samples) {
      byte[] bytes = samples.toByteArray();
      audio.write(bytes, 0, bytes.length);
    }

    @Override
    public void endUtterance() {
      endUtterances++;
    }

    @Override
    public void halfClose() {
      halfClosed = true;
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
