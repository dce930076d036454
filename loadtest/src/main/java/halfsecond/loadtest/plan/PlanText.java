// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.List;
import java.util.Locale;

/** A plan and its simulations for people, as plain text or Markdown. */
final class PlanText {
  private final boolean markdown;
  private final StringBuilder out = new StringBuilder();

  PlanText(boolean markdown) {
    this.markdown = markdown;
  }

  PlanText plan(CapacityPlan plan) {
    PlanSettings settings = plan.settings();
    heading(
        format(
            "%s utterances/s: %d machines of %d cores and %s",
            trimmed(settings.rate()),
            plan.machines(),
            settings.coresPerMachine(),
            bytes(settings.memoryPerMachine())));
    sentence(
        format(
            "%d %% headroom, %d %% utilisation, also with %d machine%s lost.",
            Math.round(settings.headroom() * 100),
            Math.round(settings.utilisation() * 100),
            settings.lostMachines(),
            settings.lostMachines() == 1 ? "" : "s"));
    TextTable table =
        new TextTable(
            "service",
            "CPU/utterance",
            "busy cores",
            "instances",
            "on each machine",
            "cores",
            "memory",
            "used",
            "used after loss");
    plan.services().forEach(service -> row(table, plan, service));
    table.row(
        "all",
        "",
        one(plan.services().stream().mapToDouble(ServicePlan::busyCores).sum()),
        "",
        "",
        Integer.toString(plan.cores()),
        bytes(plan.bytes()),
        "",
        "");
    table(table);
    return this;
  }

  private static void row(TextTable table, CapacityPlan plan, ServicePlan service) {
    double millis = service.busyCores() * 1000 / plan.settings().rate();
    table.row(
        service.service(),
        two(millis / (1 + plan.settings().headroom())) + " ms",
        one(service.busyCores()),
        Integer.toString(service.instances()),
        Integer.toString(service.perMachine()),
        Integer.toString(service.cores()),
        bytes(service.bytes()),
        percent(service.utilisation()),
        percent(service.utilisationAfterLoss()));
  }

  PlanText simulations(List<String> names, List<SimulationResult> results) {
    heading("Simulated");
    TextTable table =
        new TextTable(
            "recognition",
            "answered",
            "refused",
            "cut",
            "replayed",
            "used",
            "p50",
            "p99",
            "p99.9",
            "longest",
            "in time",
            "replayed p99");
    for (int index = 0; index < names.size(); index++) {
      SimulationResult result = results.get(index);
      table.row(
          names.get(index),
          format("%,d", result.answered()),
          format("%,d", result.refused()),
          format("%,d", result.cut()),
          format("%,d", result.replayed()),
          percent(result.utilisation()),
          millis(result.p50()),
          millis(result.p99()),
          millis(result.p999()),
          millis(result.max()),
          Double.isNaN(result.within()) ? "-" : format("%.3f %%", result.within() * 100),
          millis(result.replayedP99()));
    }
    table(table);
    sentence(
        "Latencies are from the end of speech to the final. \"cut\" are streams whose router was on the"
            + " lost machine: their clients start again. The row of the loss counts what ends after it.");
    return this;
  }

  PlanText knee(int cores, double admitting, double open) {
    sentence(
        format(
            "One machine with %d cores, all services together, is simulated to carry %s utterances/s"
                + " with admission and %s without, with p99 within the budget.",
            cores, one(admitting), one(open)));
    return this;
  }

  PlanText notes(List<String> notes) {
    notes.forEach(note -> out.append(markdown ? "- " : "note: ").append(note).append('\n'));
    return this;
  }

  private void heading(String text) {
    out.append(markdown ? "### " + text + "\n\n" : text + "\n");
  }

  private void sentence(String text) {
    out.append(text).append("\n\n");
  }

  private void table(TextTable table) {
    out.append(markdown ? table.markdown() : table.plain()).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static String millis(double millis) {
    return Double.isNaN(millis) ? "-" : format("%,.0f ms", millis);
  }

  private static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  private static String bytes(long bytes) {
    return format("%.1f GiB", bytes / (double) (1L << 30));
  }

  private static String one(double value) {
    return format("%.1f", value);
  }

  private static String two(double value) {
    return format("%.2f", value);
  }

  private static String trimmed(double value) {
    return value == Math.rint(value) ? format("%,.0f", value) : one(value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
