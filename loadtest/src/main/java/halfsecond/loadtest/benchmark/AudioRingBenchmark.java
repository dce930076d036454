// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.audio.AudioRing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ring of a session: keeping 20 ms, taking 20 ms for recognition, and taking a clip of 5 s for
 * a replay.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AudioRingBenchmark {
  private static final int CAPACITY = 32 * 16_000;
  private static final int MESSAGE = 320;
  private static final int CLIP = 5 * 16_000;

  private final AudioRing ring = new AudioRing(CAPACITY);
  private final ByteString message = ByteString.copyFrom(new byte[2 * MESSAGE]);

  @Setup
  public void fill() {
    while (ring.size() < CAPACITY) {
      ring.append(message);
    }
  }

  @Benchmark
  public long append20ms() {
    ring.append(message);
    return ring.end();
  }

  @Benchmark
  public ByteString slice20ms() {
    return ring.slice(ring.end() - MESSAGE, ring.end());
  }

  @Benchmark
  public ByteString slice5s() {
    return ring.slice(ring.end() - CLIP, ring.end());
  }
}
