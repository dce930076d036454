// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/**
 * Who was speaking, coarsely; each part may be empty. The hash leads back to nobody: its salt is
 * not kept.
 */
public record Cohort(
    String userHash, String appVersion, String device, String region, String tenant) {
  /** Nothing is known. */
  public static final Cohort UNKNOWN = new Cohort("", "", "", "", "");

  public Cohort {
    Limits.hash("cohort.user_hash", userHash);
    Limits.name("cohort.app_version", appVersion);
    Limits.name("cohort.device", device);
    Limits.name("cohort.region", region);
    Limits.name("cohort.tenant", tenant);
  }
}
