// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import halfsecond.deploy.trace.Stage;
import halfsecond.deploy.trace.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a timeline as a bar chart in text. Every bar has its figure beside it, so the chart loses
 * nothing without colours or in plain ASCII.
 */
public final class TimelineChart {

  private static final int WIDTH = 50;
  private static final int TICKS = 5;
  private static final int NAME = 16;
  private static final int FIGURE = 9;
  private static final long WORTH_SAYING_NANOS = 50_000;
  private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.CYAN, Ink.GREEN, Ink.MAGENTA);

  private final Terminal terminal;

  /** For {@code terminal}'s {@code out}. */
  public TimelineChart(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The lines of the chart. */
  public List<String> lines(Timeline timeline) {
    List<String> lines = new ArrayList<>();
    if (!timeline.alongside().isEmpty()) {
      lines.add("while the person spoke (costs nothing)");
      timeline.alongside().forEach(stage -> lines.add(alongside(stage)));
    }
    long scale = scale(timeline.totalNanos());
    lines.add(axis(scale));
    int colour = 0;
    for (Stage stage : timeline.waiting()) {
      lines.add(
          label(stage.name(), stage.nanos())
              + "  "
              + bar(stage, scale, INKS.get(colour++ % INKS.size())));
    }
    long between = timeline.betweenNanos();
    if (between >= WORTH_SAYING_NANOS) {
      lines.add(label("between stages", between));
    }
    lines.add(terminal.bold(label("final", timeline.totalNanos())) + budget(timeline));
    lines.add(terminal.dim(origin(timeline)));
    return lines;
  }

  private static String alongside(Stage stage) {
    String end =
        stage.endNanos() <= 0
            ? Milliseconds.of(-stage.endNanos()) + " before the end of speech"
            : Milliseconds.of(stage.endNanos()) + " after it";
    return label(stage.name(), stage.nanos())
        + "  from "
        + Milliseconds.of(-stage.startNanos())
        + " before the end of speech to "
        + end;
  }

  private static String label(String name, long nanos) {
    return String.format(
        Locale.ROOT, "  %-" + NAME + "s%" + FIGURE + "s", name, Milliseconds.of(nanos));
  }

  private String axis(long scale) {
    StringBuilder ruler = new StringBuilder();
    for (int tick = 0; tick < TICKS; tick++) {
      String mark = Long.toString(scale / 1_000_000 * tick / TICKS);
      ruler.append(mark).append(" ".repeat(WIDTH / TICKS - mark.length()));
    }
    ruler.append(scale / 1_000_000).append(" ms");
    return String.format(Locale.ROOT, "%-" + (NAME + FIGURE + 4) + "s", "after the end of speech")
        + terminal.dim(ruler.toString());
  }

  private String bar(Stage stage, long scale, Ink ink) {
    int from = column(stage.startNanos(), scale);
    int to = column(stage.endNanos(), scale);
    String fill =
        to > from
            ? (terminal.unicode() ? "█" : "#").repeat(to - from)
            : terminal.unicode() ? "▏" : "|";
    return " ".repeat(from) + terminal.paint(ink, fill);
  }

  private static int column(long nanos, long scale) {
    return (int) Math.round((double) Math.max(0, Math.min(nanos, scale)) * WIDTH / scale);
  }

  private static String budget(Timeline timeline) {
    if (timeline.budgetNanos().isEmpty()) {
      return "  no budget holds for this traffic";
    }
    long budget = timeline.budgetNanos().getAsLong();
    long share = Math.round(100.0 * timeline.totalNanos() / budget);
    return "  of " + Milliseconds.of(budget) + " promised (" + share + " %)";
  }

  private static String origin(Timeline timeline) {
    String from =
        switch (timeline.source()) {
          case SPANS -> "drawn from the spans of trace ";
          case BREAKDOWN -> "drawn from the final's own breakdown, trace ";
        };
    return "  " + from + (timeline.traceId().isEmpty() ? "unknown" : timeline.traceId());
  }

  /** A round number of milliseconds, divisible by the ticks, that the whole wait fits in. */
  private static long scale(long totalNanos) {
    long millis = 10;
    for (int step = 0; millis * 1_000_000 < totalNanos; step++) {
      millis = STEPS[step % STEPS.length] * (long) Math.pow(10, 1 + step / STEPS.length);
    }
    return millis * 1_000_000;
  }

  private static final int[] STEPS = {1, 2, 3, 4, 5, 6, 8};
}
