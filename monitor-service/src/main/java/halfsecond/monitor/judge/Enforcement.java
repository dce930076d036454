// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes what people set hold for what is watched, and says what decides. Not safe for use by
 * several threads.
 */
final class Enforcement {
  private final JudgeThresholds thresholds;
  private final Panels panels;
  private final AlarmBook alarms;

  Enforcement(JudgeThresholds thresholds, Panels panels, AlarmBook alarms) {
    this.thresholds = thresholds;
    this.panels = panels;
    this.alarms = alarms;
  }

  /** Applies what holds from now on or before; of what is muted no alarm goes on. */
  void apply(Instant now) {
    thresholds.due(now).forEach(target -> obey(target, now));
  }

  /** What decides, of every series and of all that is set, in the order of their targets. */
  List<ThresholdInForce> inForce() {
    Map<Target, ThresholdInForce> inForce = new TreeMap<>(Target.ORDER);
    for (Target target : thresholds.settings().keySet()) {
      panels
          .find(target.metric())
          .map(watched -> panels.watch(watched, target.cohort()))
          .ifPresent(
              watch -> {
                watch.obey(thresholds.of(target));
                inForce.put(target, ThresholdInForce.of(target, watch));
              });
    }
    for (Panel panel : panels.all()) {
      for (int place = 0; place < panel.size(); place++) {
        Target target = panel.target(place);
        inForce.put(target, ThresholdInForce.of(target, panel.watch(place)));
      }
    }
    return List.copyOf(inForce.values());
  }

  /** Of everybody a change holds wherever nothing of its own is set. */
  private void obey(Target changed, Instant at) {
    for (Panel panel : panels.all()) {
      for (int place = 0; place < panel.size(); place++) {
        Target target = panel.target(place);
        if (target.equals(changed) || target.general().equals(changed)) {
          obey(panel, place, at);
        }
      }
    }
  }

  private void obey(Panel panel, int place, Instant at) {
    Watch watch = panel.watch(place);
    Setting setting = thresholds.of(panel.target(place));
    Setting before = watch.criteria().setting();
    if (setting.equals(before)) {
      return;
    }
    watch.obey(setting);
    Finding open = watch.finding();
    if (setting.muted() && !before.muted()) {
      alarms.cleared(panel.series(place), at);
      alarms.over(panel.series(place), at);
    } else if (before.muted() && !setting.muted() && open != null) {
      alarms.found(panel.series(place), open, panel.split(place, open));
    }
  }
}
