// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.util.Map;

/**
 * The pace of everybody, and those of tenants that have one of their own. A tenant's holds for what
 * is watched of that tenant; its utterances count for everybody, and for their device, region and
 * version, at the usual pace.
 *
 * @param tenants by the name that records carry
 */
public record Paces(Pace usual, Map<String, Pace> tenants) {
  public Paces {
    tenants = Map.copyOf(tenants);
  }

  /** The same for all. */
  public static Paces of(Pace pace) {
    return new Paces(pace, Map.of());
  }

  /** Of one tenant. */
  public Pace ofTenant(String tenant) {
    return tenants.getOrDefault(tenant, usual);
  }
}
