// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import halfsecond.loadtest.result.LoadReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes a capacity plan from measured costs and simulates it. */
@Command(
    name = "plan",
    description = {
      "Says how many machines a rate takes, computed from measured costs, and simulates it.",
      "Costs come from a load report, from a JSON file, or from both: then the file wins."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond loadtest plan --rate 1000 --report report/report.json",
      "  halfsecond loadtest plan --rate 1000 --costs costs.json --machine-cores 32 --markdown",
      "",
      "Exit codes: 0 planned, 64 wrong usage."
    },
    exitCodeOnInvalidInput = 64)
public final class PlanCommand implements Callable<Integer> {
  private static final int OK = 0;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--rate", required = true, description = "Utterances a second to carry.")
  private double rate;

  @Option(names = "--report", paramLabel = "FILE.json", description = "A load report.")
  private @Nullable Path report;

  @Option(
      names = "--target",
      defaultValue = "halfsecond",
      description = "Whose costs in the report count. Default ${DEFAULT-VALUE}.")
  private String target = "halfsecond";

  @Option(names = "--costs", paramLabel = "FILE.json", description = "Costs by name.")
  private @Nullable Path costs;

  @Option(
      names = "--headroom",
      defaultValue = "0.2",
      description = "On top of the rate, as a share. Default ${DEFAULT-VALUE}.")
  private double headroom;

  @Option(
      names = "--utilisation",
      defaultValue = "0.8",
      description = "Of the cores that is planned with. Default ${DEFAULT-VALUE}.")
  private double utilisation;

  @Option(
      names = "--lost-machines",
      defaultValue = "1",
      description = "That may be gone while the plan holds. Default ${DEFAULT-VALUE}.")
  private int lost;

  @Option(
      names = "--machine-cores",
      defaultValue = "16",
      description = "Of a machine. Default ${DEFAULT-VALUE}.")
  private int machineCores;

  @Option(
      names = "--machine-memory",
      paramLabel = "GIB",
      defaultValue = "32",
      description = "Of a machine. Default ${DEFAULT-VALUE} GiB.")
  private double machineGib;

  @Option(
      names = "--instance-cores",
      paramLabel = "ROUTER,VAD,ASR",
      split = ",",
      arity = "1",
      defaultValue = "2,2,4",
      description = "Of one instance of each service. Default ${DEFAULT-VALUE}.")
  private List<Integer> instanceCores = List.of(2, 2, 4);

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description =
          "That a session is open for each utterance beyond it. Default ${DEFAULT-VALUE}.")
  private double pause;

  @Option(
      names = "--simulate",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "Of virtual time, at least 30. Default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--knee",
      paramLabel = "CORES",
      defaultValue = "0",
      description =
          "Also simulates what one machine with so many cores carries, all services together.")
  private int knee;

  @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--markdown", description = "Prints tables for a document.")
  private boolean markdown;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec, "spec");
    try {
      print(command.commandLine().getOut());
      return OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(PrintWriter out) throws IOException {
    List<String> notes = new ArrayList<>();
    Costs measured = costs(notes);
    CapacityPlan plan = CapacityPlan.of(measured, settings());
    List<String> names = new ArrayList<>(List.of("all machines"));
    List<SimulationResult> results = new ArrayList<>();
    results.add(simulate(plan, Double.POSITIVE_INFINITY));
    if (plan.machines() > 1) {
      names.add("one machine lost");
      results.add(simulate(plan, seconds / 3));
    }
    PlanText text = new PlanText(markdown).plan(plan).simulations(names, results);
    if (knee > 0) {
      SimulatedKnee simulated = new SimulatedKnee(measured, knee, seconds, seed);
      text.knee(knee, simulated.find(true), simulated.find(false));
    }
    out.print(text.notes(notes));
    out.flush();
  }

  private SimulationResult simulate(CapacityPlan plan, double loseMachineAt) {
    return new CapacitySimulation(plan.simulation(seconds, loseMachineAt), seed).run();
  }

  private PlanSettings settings() {
    if (instanceCores.size() != 3) {
      throw new IllegalArgumentException("--instance-cores takes three numbers, e.g. 2,2,4");
    }
    if (!(seconds >= 30)) {
      throw new IllegalArgumentException("--simulate takes 30 seconds or more");
    }
    return new PlanSettings(
        rate,
        headroom,
        utilisation,
        lost,
        machineCores,
        (long) (machineGib * (1L << 30)),
        instanceCores.get(0),
        instanceCores.get(1),
        instanceCores.get(2),
        pause);
  }

  private Costs costs(List<String> notes) throws IOException {
    if (report == null && costs == null) {
      throw new IllegalArgumentException("costs are missing: give --report, --costs or both");
    }
    CostsFile file = new CostsFile();
    if (report != null) {
      ReportCosts.add(read(report), target, file);
    }
    if (costs != null) {
      file.add(costs);
    }
    return file.costs(notes);
  }

  private static LoadReport read(Path file) throws IOException {
    JsonMapper mapper =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try {
      return mapper.readValue(Files.readString(file), LoadReport.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a load report: " + e.getOriginalMessage(), e);
    }
  }
}
