// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.session.DetectionRequest;
import halfsecond.router.session.EndReason;
import halfsecond.router.session.SpeechEnded;
import halfsecond.router.session.SpeechStarted;
import halfsecond.router.session.VadListener;
import halfsecond.router.session.VadPort;
import halfsecond.router.session.VadProgress;
import halfsecond.router.session.VadStream;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A detector that hears speech where it is told to, at once. One stream at a time. */
final class InstantVad implements VadPort {
  private static final int PADDING = 200 * 16;

  private static final ClipStatistics STATISTICS =
      new ClipStatistics(
          0.8,
          -20,
          -3,
          0,
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          OptionalDouble.of(20),
          OptionalDouble.of(120),
          OptionalDouble.of(900));

  private @Nullable VadListener listener;
  private long received;
  private boolean speech;

  @Override
  public VadStream open(DetectionRequest request, VadListener opened) {
    listener = opened;
    received = request.startSample();
    return new Stream();
  }

  /** Speech began a pre-roll ago, where the session did at the earliest. */
  void begin() {
    speech = true;
    long start = Math.max(0, received - PADDING);
    listener().onStarted(new SpeechStarted(start, received, received, "", System.nanoTime()));
  }

  void progress() {
    listener()
        .onProgress(
            new VadProgress(received, speech ? OptionalLong.of(received) : OptionalLong.empty()));
  }

  /** Speech ended a hangover ago. */
  void end(EndReason reason) {
    speech = false;
    listener()
        .onEnded(
            new SpeechEnded(
                received,
                received - PADDING,
                received,
                reason,
                Optional.of(STATISTICS),
                System.nanoTime()));
  }

  private VadListener listener() {
    return Objects.requireNonNull(listener, "no stream is open");
  }

  private final class Stream implements VadStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void audio(ByteString samples) {
      received += samples.size() / 2;
    }

    @Override
    public void endUtterance() {}

    @Override
    public void halfClose() {
      listener().onCompleted();
    }

    @Override
    public void cancel() {}

    @Override
    public void abandon(ReplayCause cause) {}

    @Override
    public String backend() {
      return "vad";
    }

    @Override
    public void next() {}
  }
}
