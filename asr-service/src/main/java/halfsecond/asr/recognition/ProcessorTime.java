// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import halfsecond.common.concurrent.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What decoding takes from a processor. Other than time on the clock it does not grow when the
 * processor is busy with something else, so what clips cost adds up to what a machine has.
 */
public final class ProcessorTime {
  private ProcessorTime() {}

  /**
   * The processor time of whichever thread asks; differences mean something within one thread only.
   * A call costs less than a microsecond.
   *
   * @param otherwise where threads' processor time is not known
   */
  public static Ticker ofThread(Ticker otherwise) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? threads::getCurrentThreadCpuTime
        : otherwise;
  }
}
