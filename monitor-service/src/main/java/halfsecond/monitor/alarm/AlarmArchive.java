// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.util.List;

/** Where alarms are kept. For one thread at a time. */
public interface AlarmArchive {
  /** Keeps nothing. */
  AlarmArchive NONE =
      new AlarmArchive() {
        @Override
        public void save(TrackedAlarm alarm) {}

        @Override
        public void forget(String id) {}

        @Override
        public List<TrackedAlarm> load() {
          return List.of();
        }
      };

  /** Keeps it in place of what was kept under its id. Returns without waiting for a disk. */
  void save(TrackedAlarm alarm);

  void forget(String id);

  /** All that are kept. */
  List<TrackedAlarm> load();
}
