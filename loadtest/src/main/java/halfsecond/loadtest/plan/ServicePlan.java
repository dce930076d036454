// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

/**
 * What one service takes.
 *
 * @param busyCores that the planned rate keeps busy on average, headroom included
 * @param neededInstances that carry it within the planned utilisation
 * @param perMachine instances on each machine, so that enough are left when machines are lost
 * @param instances on all machines
 * @param coresPerInstance that an instance may use
 * @param bytesPerInstance resident, when the planned number of machines is lost
 * @param utilisation of the instances' cores with all machines, headroom included
 * @param utilisationAfterLoss the same when the planned number of machines is lost
 */
public record ServicePlan(
    String service,
    double busyCores,
    int neededInstances,
    int perMachine,
    int instances,
    int coresPerInstance,
    long bytesPerInstance,
    double utilisation,
    double utilisationAfterLoss) {

  /** On all machines. */
  public int cores() {
    return instances * coresPerInstance;
  }

  /** On all machines. */
  public long bytes() {
    return instances * bytesPerInstance;
  }
}
