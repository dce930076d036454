// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.audio.AudioDecoder;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.Encoding;
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
import org.openjdk.jmh.annotations.Warmup;

/** The door for 20 ms of LINEAR16 at each rate: reading, resampling to 16 kHz, writing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResampleBenchmark {
  /** 44099 Hz is one of the rates whose filter rows are interpolated. */
  @Param({"8000", "16000", "44099", "44100", "48000"})
  public int rate = 8_000;

  private AudioDecoder decoder = new AudioDecoder(AudioFormat.INNER);
  private ByteString[] messages = new ByteString[0];
  private int next;

  @Setup
  public void prepare() {
    decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));
    messages = SpeechLike.messages(SpeechLike.samples(rate, 6), rate / 50);
  }

  @Benchmark
  public ByteString decode20ms() {
    next = (next + 1) % messages.length;
    return decoder.decode(messages[next]);
  }
}
