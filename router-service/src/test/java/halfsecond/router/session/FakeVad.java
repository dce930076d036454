// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
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

  /** Nobody answers: streams are lost as soon as they are opened, and have no backend. */
  boolean absent;

  final List<Stream> streams = new ArrayList<>();
  private final Ticker ticker;

  FakeVad(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public VadStream open(DetectionRequest request, VadListener listener) {
    Stream stream = new Stream(request, listener, absent ? "" : "vad-" + (streams.size() + 1));
    streams.add(stream);
    if (absent) {
      stream.lost();
    }
    return stream;
  }

  /** The latest stream. */
  Stream stream() {
    return streams.get(streams.size() - 1);
  }

  final class Stream implements VadStream {
    final DetectionRequest request;
    final String backend;
    @Nullable ReplayCause abandoned;
    private final VadListener listener;
    private final Flow flow = new Flow();
    private final ByteString.Output audio = ByteString.newOutput();
    boolean ready = true;
    boolean halfClosed;
    boolean cancelled;
    boolean over;
    int endUtterances;
    private @Nullable Long clipStart;

    Stream(DetectionRequest request, VadListener listener, String backend) {
      this.request = request;
      this.backend = backend;
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

    boolean inUtterance() {
      return clipStart != null;
    }

    /** Where the audio that was sent ends in the session. */
    long received() {
      return request.startSample() + audio.size() / 2;
    }

    ByteString audio() {
      return audio.toByteString();
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
      abandoned = cause;
      cancel();
    }

    @Override
    public String backend() {
      return backend;
    }

    @Override
    public void next() {
      flow.next();
    }
  }
}
