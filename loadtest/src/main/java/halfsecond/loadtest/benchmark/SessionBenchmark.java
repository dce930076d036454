// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole session with one utterance of a second: opening, messages of 20 or 100 ms, detection,
 * recognition, interim results, the final and its record; without any network. What the router's
 * own logic takes of its CPU for an utterance.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
  @Param({"20", "100"})
  public int messageMillis = 20;

  private final ByteString second = ByteString.copyFrom(new byte[32_000]);
  private final SpokenSession spoken = new SpokenSession();

  @Benchmark
  public long utterance1s() {
    return spoken.speak(second, messageMillis);
  }

  @TearDown
  public void close() {
    spoken.close();
  }
}
