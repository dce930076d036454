// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.window.CohortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everybody and the cohorts that are told apart, each watched at its own pace. Not safe for use by
 * several threads.
 */
final class Panels {
  private final List<Watched> watchlist;
  private final Paces paces;
  private final int mostCohorts;
  private final Function<Target, Setting> settings;
  private final Map<Pace, Round> rounds = new LinkedHashMap<>();
  private final Map<CohortKey, Panel> cohorts = new LinkedHashMap<>();
  private final Panel everybody;

  /**
   * @param mostCohorts cohorts that are told apart
   * @param settings what holds of what begins to be watched
   */
  Panels(
      List<Watched> watchlist, Paces paces, int mostCohorts, Function<Target, Setting> settings) {
    this.watchlist = watchlist;
    this.paces = paces;
    this.mostCohorts = mostCohorts;
    this.settings = settings;
    this.everybody = panel(null);
  }

  Panel everybody() {
    return everybody;
  }

  /** Watched from now on if it was not; null for a cohort too many. */
  @Nullable Panel of(CohortKey cohort) {
    Panel known = cohorts.get(cohort);
    if (known == null && cohorts.size() < mostCohorts) {
      known = panel(cohort);
      cohorts.put(cohort, known);
    }
    return known;
  }

  /** The cohorts in the order in which they came, then everybody. */
  List<Panel> all() {
    List<Panel> all = new ArrayList<>(cohorts.values());
    all.add(everybody);
    return all;
  }

  /** The one who looks at the panels of each pace. */
  Collection<Round> rounds() {
    return rounds.values();
  }

  /** What is watched under that name. */
  Optional<Watched> find(String metric) {
    return watchlist.stream().filter(it -> it.metric().equals(metric)).findFirst();
  }

  /** A watch as one of that target is to begin with. */
  Watch watch(Watched watched, @Nullable CohortKey cohort) {
    return new Watch(watched, Criteria.of(paceOf(cohort), cohort));
  }

  private Pace paceOf(@Nullable CohortKey cohort) {
    return cohort != null && cohort.dimension() == CohortKey.Dimension.TENANT
        ? paces.ofTenant(cohort.value())
        : paces.usual();
  }

  private Panel panel(@Nullable CohortKey cohort) {
    Panel panel = new Panel(watchlist, cohort, paceOf(cohort));
    for (int place = 0; place < panel.size(); place++) {
      panel.watch(place).obey(settings.apply(panel.target(place)));
    }
    rounds.computeIfAbsent(panel.pace(), Round::new).add(panel);
    return panel;
  }
}
