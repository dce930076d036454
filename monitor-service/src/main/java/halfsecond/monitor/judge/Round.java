// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.Corrections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the latest period of all series of one pace beside their references, again and again.
 * What is looked at together is corrected together. Not safe for use by several threads.
 */
final class Round {
  /** What is so many times as likely by chance is only suspected until the next look. */
  private static final double SUSPICIOUS = 10;

  private final Pace pace;
  private final List<Panel> panels = new ArrayList<>();
  private Instant next = Instant.MIN;

  /**
   * What a look has seen.
   *
   * @param news {@code SUSPECTED}, {@code CLEARED} or {@code FOUND}; the watch knows the first two
   *     already
   * @param finding that it rests on; null where nothing could be compared any more
   */
  record Seen(Panel panel, int place, Watch.News news, @Nullable Finding finding) {}

  private record Look(Panel panel, int place, Comparison comparison) {
    Watch watch() {
      return panel.watch(place);
    }
  }

  Round(Pace pace) {
    this.pace = pace;
  }

  /** Looks at this one too. */
  void add(Panel panel) {
    panels.add(panel);
  }

  /** Looks if it is time to; what was found is the watches' to be told. */
  List<Seen> look(Instant now) {
    if (now.isBefore(next)) {
      return List.of();
    }
    next = now.plus(pace.round());
    List<Seen> seen = new ArrayList<>();
    List<Look> looks = new ArrayList<>();
    panels.forEach(panel -> look(panel, now, looks, seen));
    double[] corrected =
        Corrections.holm(looks.stream().mapToDouble(look -> look.comparison().pValue()).toArray());
    for (int i = 0; i < corrected.length; i++) {
      Look look = looks.get(i);
      Finding finding = gradual(look.comparison(), corrected[i], now);
      Watch.News news = news(look, corrected[i], finding, now);
      if (news != Watch.News.NONE) {
        seen.add(new Seen(look.panel(), look.place(), news, finding));
      }
    }
    return seen;
  }

  private static Watch.News news(Look look, double corrected, Finding finding, Instant now) {
    double significance = look.watch().criteria().significance();
    boolean changed = look.comparison().changed(corrected, significance);
    if (look.watch().lasts(changed, now)) {
      return Watch.News.FOUND;
    }
    if (changed || look.comparison().changed(corrected, SUSPICIOUS * significance)) {
      return look.watch().suspect(finding) ? Watch.News.SUSPECTED : Watch.News.NONE;
    }
    return look.watch().clear(Finding.Change.GRADUAL) ? Watch.News.CLEARED : Watch.News.NONE;
  }

  /** What cannot be compared any more is not suspected either. */
  private static void look(Panel panel, Instant now, List<Look> looks, List<Seen> seen) {
    for (int place = 0; place < panel.size(); place++) {
      Comparison comparison = panel.watch(place).compare(now);
      if (comparison != null) {
        looks.add(new Look(panel, place, comparison));
      } else if (panel.watch(place).clear(Finding.Change.GRADUAL)) {
        seen.add(new Seen(panel, place, Watch.News.CLEARED, null));
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
        comparison.error(),
        pValue,
        comparison.least(),
        comparison.referenceCount());
  }
}
