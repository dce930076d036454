// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.result.RunResult.ProcessUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server's processes take from now on. A service that is started again goes on in the same
 * row. For one thread.
 */
final class ProcessWatch {
  private final Supplier<Map<String, Long>> processes;
  private final ProcFiles files;
  private final Map<Long, Row> rows = new LinkedHashMap<>();

  /** One process. Those that were there at the start do not pay for what they did before. */
  private static final class Row {
    private final String service;
    private final double before;
    private double cpuSeconds;
    private long peakBytes;

    Row(String service, double before) {
      this.service = service;
      this.before = before;
    }
  }

  /**
   * @param processes ids by service as they are now
   */
  ProcessWatch(Supplier<Map<String, Long>> processes, ProcFiles files) {
    this.processes = processes;
    this.files = files;
    sample(true);
  }

  /** Looks; what a process takes after the last look before its end is lost. */
  void sample() {
    sample(false);
  }

  List<ProcessUse> use() {
    Map<String, List<Row>> byService = new LinkedHashMap<>();
    rows.values()
        .forEach(row -> byService.computeIfAbsent(row.service, s -> new ArrayList<>()).add(row));
    List<ProcessUse> use = new ArrayList<>();
    byService.forEach(
        (service, all) ->
            use.add(
                new ProcessUse(
                    service,
                    all.stream().mapToDouble(row -> row.cpuSeconds - row.before).sum(),
                    all.stream().mapToLong(row -> row.peakBytes).max().orElse(0))));
    return use;
  }

  private void sample(boolean first) {
    processes
        .get()
        .forEach(
            (service, pid) ->
                files
                    .read(pid)
                    .ifPresent(
                        now -> {
                          Row row =
                              rows.computeIfAbsent(
                                  pid, id -> new Row(service, first ? now.cpuSeconds() : 0));
                          row.cpuSeconds = now.cpuSeconds();
                          row.peakBytes = Math.max(row.peakBytes, now.residentBytes());
                        }));
  }
}
