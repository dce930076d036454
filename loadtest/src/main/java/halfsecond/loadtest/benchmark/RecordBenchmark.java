// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.router.record.UserHash;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.rpc.RecordMessages;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The record of an utterance as the monitor gets it: the user's hash, the message, its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
  private final RecordMessages messages = new RecordMessages(new UserHash(Clock.systemUTC()));
  private final UtteranceRecord record = spoken();

  @Benchmark
  public ByteString encode() {
    return messages.message(record).toByteString();
  }

  private static UtteranceRecord spoken() {
    try (SpokenSession session = new SpokenSession()) {
      session.speak(ByteString.copyFrom(new byte[32_000]), 20);
      return session.record();
    }
  }
}
