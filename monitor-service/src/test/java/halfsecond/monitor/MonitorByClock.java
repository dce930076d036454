// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.telemetry.Telemetry;
import java.time.InstantSource;

/** Starts monitors whose clock a test of another package puts forward. */
public final class MonitorByClock {
  private MonitorByClock() {}

  public static MonitorServer start(MonitorConfig config, InstantSource clock) {
    return MonitorServer.start(config, Telemetry.noop(), clock);
  }
}
