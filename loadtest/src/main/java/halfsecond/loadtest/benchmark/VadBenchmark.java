// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import halfsecond.vad.webrtc.WebRtcVad;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One frame of 20 ms through the native voice activity detector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VadBenchmark {
  private static final int FRAME = 320;

  private final short[] audio = SpeechLike.samples(16_000, 6);
  private final short[] frame = new short[FRAME];
  private final WebRtcVad vad = new WebRtcVad(16_000, 20, 3);
  private int position;

  @Benchmark
  public boolean judge20ms() {
    System.arraycopy(audio, position, frame, 0, FRAME);
    position = (position + FRAME) % audio.length;
    return vad.isVoiced(frame);
  }

  @TearDown
  public void close() {
    vad.close();
  }
}
