// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.List;

/**
 * Equal machines, each with the same instances of every service, of which some may be lost.
 *
 * <p>A service keeps {@code rate x (1 + headroom) x CPU of an utterance} cores busy; that divided
 * by the planned utilisation is what the machines that are left must offer. Open sessions are
 * {@code rate x time in the system} (Little's law), and so are clips.
 */
public record CapacityPlan(
    Costs costs, PlanSettings settings, int machines, List<ServicePlan> services) {
  private static final int MOST_MACHINES = 100_000;

  public CapacityPlan {
    services = List.copyOf(services);
  }

  /**
   * The fewest machines that carry the rate.
   *
   * @throws IllegalArgumentException when no number of such machines does
   */
  public static CapacityPlan of(Costs costs, PlanSettings settings) {
    for (int left = 1; left <= MOST_MACHINES; left++) {
      List<ServicePlan> services = services(costs, settings, left);
      if (fits(services, settings)) {
        return new CapacityPlan(costs, settings, left + settings.lostMachines(), services);
      }
    }
    throw new IllegalArgumentException(
        "no number of such machines carries the rate: one instance of each service needs more memory"
            + " than a machine has");
  }

  private static boolean fits(List<ServicePlan> services, PlanSettings settings) {
    int cores = 0;
    long bytes = 0;
    for (ServicePlan service : services) {
      cores += service.perMachine() * service.coresPerInstance();
      bytes += service.perMachine() * service.bytesPerInstance();
    }
    return cores <= settings.coresPerMachine() && bytes <= settings.memoryPerMachine();
  }

  private static List<ServicePlan> services(Costs costs, PlanSettings settings, int left) {
    double rate = settings.rate() * (1 + settings.headroom());
    double sessions = rate * (costs.utteranceSeconds() + settings.pauseSeconds());
    double clips = rate * costs.utteranceSeconds();
    Layout layout = new Layout(settings, rate, left);
    return List.of(
        layout.place(
            "router",
            costs.routerCpuMillis(),
            settings.routerCores(),
            costs.routerBaseBytes(),
            costs.routerSessionBytes() * sessions),
        layout.place(
            "vad",
            costs.vadCpuMillis(),
            settings.vadCores(),
            costs.vadBaseBytes(),
            costs.vadSessionBytes() * sessions),
        layout.place(
            "asr",
            costs.asrCpuMillis(),
            settings.asrCores(),
            costs.asrBaseBytes(),
            costs.asrClipBytes() * clips));
  }

  /** Spreads a service over the machines that are left. */
  private record Layout(PlanSettings settings, double rate, int left) {
    ServicePlan place(String service, double cpuMillis, int cores, long base, double shared) {
      double busy = rate * cpuMillis / 1000;
      int needed = Math.max(1, (int) Math.ceil(busy / settings.utilisation() / cores - 1e-9));
      int perMachine = (needed + left - 1) / left;
      int instances = perMachine * (left + settings.lostMachines());
      int afterLoss = perMachine * left;
      long bytes = base + (long) Math.ceil(shared / afterLoss);
      double all = busy / (instances * (double) cores);
      double lost = busy / (afterLoss * (double) cores);
      return new ServicePlan(service, busy, needed, perMachine, instances, cores, bytes, all, lost);
    }
  }

  /** One of "router", "vad" and "asr". */
  public ServicePlan service(String name) {
    return services.stream()
        .filter(service -> service.service().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service is called " + name));
  }

  /** Of all instances. */
  public int cores() {
    return services.stream().mapToInt(ServicePlan::cores).sum();
  }

  /** Of all instances. */
  public long bytes() {
    return services.stream().mapToLong(ServicePlan::bytes).sum();
  }

  /** The simulation of the recognition side of this plan at its rate, without the headroom. */
  public SimulationSettings simulation(double seconds, double loseMachineAt) {
    return SimulationSettings.of(costs, settings.rate(), seconds)
        .withMachines(machines, service("asr").perMachine(), settings.asrCores())
        .withLoss(loseMachineAt);
  }
}
