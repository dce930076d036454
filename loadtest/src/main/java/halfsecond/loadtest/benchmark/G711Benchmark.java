// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.audio.AudioDecoder;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.Encoding;
import java.util.Random;
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

/**
 * The door for 20 ms of G.711: decoding alone at 16 kHz, and with resampling at the 8 kHz of
 * telephony.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class G711Benchmark {
  @Param({"MULAW", "ALAW"})
  public Encoding encoding = Encoding.MULAW;

  @Param({"8000", "16000"})
  public int rate = 8_000;

  private AudioDecoder decoder = new AudioDecoder(AudioFormat.INNER);
  private ByteString message = ByteString.EMPTY;

  @Setup
  public void prepare() {
    decoder = new AudioDecoder(AudioFormat.of(encoding, rate));
    byte[] codes = new byte[rate / 50];
    new Random(1).nextBytes(codes);
    message = ByteString.copyFrom(codes);
  }

  @Benchmark
  public ByteString decode20ms() {
    return decoder.decode(message);
  }
}
