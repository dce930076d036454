// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import halfsecond.vad.endpoint.Detector;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.endpoint.FrameJudge;
import halfsecond.vad.endpoint.Progress;
import halfsecond.vad.endpoint.SpeechEnded;
import halfsecond.vad.endpoint.SpeechListener;
import halfsecond.vad.endpoint.SpeechStarted;
import halfsecond.vad.webrtc.WebRtcVad;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message of 20 ms through the whole detector: frames, measurements for the monitor,
 * endpointing; with the native judge, and with one that costs nothing, so that the difference is
 * the native part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EndpointBenchmark {
  private static final int MESSAGE = 320;

  /** Who judges the frames. */
  public enum Judge {
    WEBRTC,
    SCRIPTED
  }

  @Param public Judge judge = Judge.SCRIPTED;

  private final ShortBuffer audio = ShortBuffer.wrap(SpeechLike.samples(16_000, 6));
  private final CountingListener listener = new CountingListener();
  private Detector detector = detector(new ScriptedJudge());

  @Setup
  public void prepare() {
    detector = detector(judge == Judge.WEBRTC ? new WebRtcVad(16_000, 20, 3) : new ScriptedJudge());
  }

  @Benchmark
  public long hear20ms() {
    int from = audio.limit() == audio.capacity() ? 0 : audio.limit();
    audio.limit(from + MESSAGE).position(from);
    detector.hear(audio);
    return listener.events;
  }

  @TearDown
  public void close() {
    detector.close();
  }

  private Detector detector(FrameJudge frames) {
    EndpointingSettings settings =
        new EndpointingSettings(
            3,
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofSeconds(30));
    return new Detector(settings, 16_000, 0, frames, listener);
  }

  /** Two seconds of speech, then one of silence. */
  private static final class ScriptedJudge implements FrameJudge {
    private static final int PERIOD = 150;
    private static final int VOICED = 100;

    private int frame;

    @Override
    public boolean isVoiced(short[] samples) {
      frame = (frame + 1) % PERIOD;
      return frame < VOICED;
    }

    @Override
    public void close() {}
  }

  private static final class CountingListener implements SpeechListener {
    private long events;

    @Override
    public void speechStarted(SpeechStarted event) {
      events++;
    }

    @Override
    public void progress(Progress event) {
      events++;
    }

    @Override
    public void speechEnded(SpeechEnded event) {
      events++;
    }
  }
}
