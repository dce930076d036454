// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.measure;

import halfsecond.common.concurrent.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What this process takes of its machine. Not safe for use by several threads. */
public final class ProcessUse {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private final LongSupplier cpuNanos;
  private final Ticker ticker;
  private final Path status;
  private long lastCpuNanos;
  private long lastNanos;

  /** Of the process that calls. */
  public ProcessUse(Ticker ticker) {
    this(ProcessUse::processorTime, ticker, STATUS);
  }

  /**
   * @param cpuNanos processor time of the process since its start; negative when not known
   * @param status as Linux shows it in {@code /proc/self/status}
   */
  ProcessUse(LongSupplier cpuNanos, Ticker ticker, Path status) {
    this.cpuNanos = cpuNanos;
    this.ticker = ticker;
    this.status = status;
    this.lastCpuNanos = cpuNanos.getAsLong();
    this.lastNanos = ticker.nanos();
  }

  /**
   * Cores that it kept busy on average since it was asked last, or since this was made. Empty when
   * the system does not tell.
   */
  public OptionalDouble busyCores() {
    long cpu = cpuNanos.getAsLong();
    long now = ticker.nanos();
    boolean known = cpu >= 0 && lastCpuNanos >= 0 && now > lastNanos;
    double busy = (double) (cpu - lastCpuNanos) / (now - lastNanos);
    lastCpuNanos = cpu;
    lastNanos = now;
    return known ? OptionalDouble.of(busy) : OptionalDouble.empty();
  }

  /** Resident memory, native memory included; empty where there is no {@code /proc}. */
  public OptionalLong residentBytes() {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static long processorTime() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
