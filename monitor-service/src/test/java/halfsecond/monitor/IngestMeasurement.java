// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.monitor.rpc.Reporter;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Not a test: sends records to a monitor that runs elsewhere, as fast as it acknowledges them, and
 * prints how many that were in each period of ten seconds. Pin the monitor to one core and this to
 * another one:
 *
 * <pre>{@code
 * taskset -c 0 java -cp ... halfsecond.monitor.MonitorMain --config own.conf
 * taskset -c 1 java -cp ... halfsecond.monitor.IngestMeasurement 127.0.0.1:7603 60
 * }</pre>
 */
final class IngestMeasurement {
  private static final int BATCH = 100;
  private static final int IN_FLIGHT = 8;
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Reporter reporter;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private long sent;

  private IngestMeasurement(ManagedChannel channel) {
    reporter = Reporter.named("measurement", channel);
  }

  /** The monitor's address, and how many seconds to send. */
  public static void main(String... arguments) throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create()).build();
    try {
      new IngestMeasurement(channel).send(Duration.ofSeconds(Long.parseLong(arguments[1])));
    } finally {
      channel.shutdownNow();
    }
  }

  private void send(Duration length) throws InterruptedException {
    long begun = System.nanoTime();
    long period = begun;
    long acknowledged = 0;
    while (System.nanoTime() - begun < length.toNanos()) {
      reporter.batch(batch());
      while (sent - reporter.acknowledged() * BATCH >= IN_FLIGHT * BATCH) {
        LockSupport.parkNanos(100_000);
      }
      long now = System.nanoTime();
      if (now - period >= PERIOD.toNanos()) {
        long all = reporter.acknowledged() * BATCH;
        System.out.printf(
            Locale.ROOT, "%.0f records/s%n", (all - acknowledged) * 1e9 / (now - period));
        acknowledged = all;
        period = now;
      }
    }
    System.out.println(reporter.finish() + ", " + sent + " sent, " + reporter.accepted() + " kept");
  }

  private List<UtteranceRecord> batch() {
    Instant now = Instant.now();
    List<UtteranceRecord> records = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      records.add(record(now));
      sent++;
    }
    return records;
  }

  /** Ids in no order, as a router's are; some thousand sessions and fifty devices. */
  private UtteranceRecord record(Instant now) {
    long scattered = sent * 0x9E37_79B9_7F4A_7C15L;
    UtteranceRecord.Builder record =
        sent % 50 == 0
            ? TestRecords.empty(run + Long.toHexString(scattered))
            : TestRecords.answered(run + Long.toHexString(scattered));
    record.setSessionId(run + "-" + Long.toHexString((sent / 20) * 0x9E37_79B9_7F4A_7C15L));
    record.getCohortBuilder().setDevice("device-" + sent % 50).setTenant("tenant-" + sent % 7);
    return TestRecords.at(now, record).build();
  }
}
