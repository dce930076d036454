// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

/**
 * The client's description of itself; an empty string is a field that it left out. Each at most 100
 * bytes.
 *
 * @param userKey opaque and stable per user; leaves this process only as a salted hash
 */
public record Cohort(
    String userKey, String appVersion, String device, String region, String tenant) {
  /** A client that said nothing about itself. */
  public static final Cohort UNKNOWN = new Cohort("", "", "", "", "");

  /** Without the user key: it is not for logs. */
  @Override
  public String toString() {
    return "Cohort[" + appVersion + ", " + device + ", " + region + ", " + tenant + "]";
  }
}
