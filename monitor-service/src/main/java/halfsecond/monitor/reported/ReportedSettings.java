// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people set. Not safe for use by several threads. */
final class ReportedSettings {
  private static final Comparator<ThresholdChange> ORDER =
      Comparator.comparing(ThresholdChange::at).thenComparing(ThresholdChange::id);

  /** The latest of each, removals too: an older one may be heard of later. */
  private final Map<Target, ThresholdChange> latest = new HashMap<>();

  void take(ThresholdChange change) {
    latest.merge(
        change.target(), change, (known, next) -> ORDER.compare(known, next) <= 0 ? next : known);
  }

  /** What holds: the most particular that is set. */
  Setting of(Target target) {
    Setting own = own(target);
    if (own != null) {
      return own;
    }
    Setting general = own(target.general());
    return general == null ? Setting.NONE : general;
  }

  /** What something is set for, of one metric. */
  List<Target> targets(String metric) {
    return latest.keySet().stream()
        .filter(target -> target.metric().equals(metric) && own(target) != null)
        .toList();
  }

  private @Nullable Setting own(Target target) {
    ThresholdChange change = latest.get(target);
    return change == null ? null : change.after();
  }
}
