// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.Corrections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the latest period of all series of one pace beside their references, again and again.
 * What is looked at together is corrected together. Not safe for use by several threads.
 */
final class Round {
  /** Of all comparisons together. */
  private static final double SIGNIFICANCE = 0.001;

  private final Pace pace;
  private final List<Panel> panels = new ArrayList<>();
  private Instant next = Instant.MIN;

  /** A change that a look has found. */
  record Found(Panel panel, int place, Finding finding) {}

  private record Look(Panel panel, int place, Comparison comparison) {}

  Round(Pace pace) {
    this.pace = pace;
  }

  /** Looks at this one too. */
  void add(Panel panel) {
    panels.add(panel);
  }

  /** Looks if it is time to; what was found is the watches' to be told. */
  List<Found> look(Instant now) {
    if (now.isBefore(next)) {
      return List.of();
    }
    next = now.plus(pace.round());
    List<Look> looks = new ArrayList<>();
    panels.forEach(panel -> look(panel, now, looks));
    double[] corrected =
        Corrections.holm(looks.stream().mapToDouble(look -> look.comparison().pValue()).toArray());
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      Look look = looks.get(i);
      if (look.comparison().changed(corrected[i], SIGNIFICANCE)) {
        found.add(
            new Found(look.panel(), look.place(), gradual(look.comparison(), corrected[i], now)));
      }
    }
    return found;
  }

  private static void look(Panel panel, Instant now, List<Look> looks) {
    for (int place = 0; place < panel.size(); place++) {
      Comparison comparison = panel.watch(place).compare(now);
      if (comparison != null) {
        looks.add(new Look(panel, place, comparison));
      }
    }
  }

  private Finding gradual(Comparison comparison, double pValue, Instant now) {
    return new Finding(
        Finding.Change.GRADUAL,
        now.minus(pace.period()),
        now,
        comparison.count(),
        comparison.before(),
        comparison.after(),
        comparison.effect(),
        pValue,
        comparison.least(),
        comparison.referenceCount());
  }
}
