// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory native code may still take. Safe for use by any thread. */
@FunctionalInterface
public interface MemoryHeadroom {
  long availableBytes();

  /**
   * Of this machine or container: the kernel's estimate and the container's limit, whichever is
   * less.
   */
  static MemoryHeadroom ofThisMachine() {
    return () -> {
      long machine = kernelEstimate().orElseGet(MemoryHeadroom::freeMemory);
      long container = containerRest(Path.of("/sys/fs/cgroup")).orElse(Long.MAX_VALUE);
      return Math.min(machine, container);
    };
  }

  private static OptionalLong kernelEstimate() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong containerRest(Path group) {
    try {
      String limit = Files.readString(group.resolve("memory.max")).strip();
      String used = Files.readString(group.resolve("memory.current")).strip();
      return "max".equals(limit)
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(limit) - Long.parseLong(used));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static long freeMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getFreeMemorySize()
        : Long.MAX_VALUE;
  }
}
