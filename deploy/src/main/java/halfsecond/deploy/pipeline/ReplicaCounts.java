// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

/**
 * How many processes the services run in; router and monitor have one each.
 *
 * @param asr 0 to {@value #MOST}; with none recognition runs elsewhere, where the router's
 *     configuration says
 * @param vad 1 to {@value #MOST}
 */
public record ReplicaCounts(int asr, int vad) {

  /** The most that are allowed of one service. */
  public static final int MOST = 16;

  /** One of each. */
  public static final ReplicaCounts ONE = new ReplicaCounts(1, 1);

  /** Checks the limits. */
  public ReplicaCounts {
    check("asr", asr, 0);
    check("vad", vad, 1);
  }

  /** Of any service. */
  public int of(Service service) {
    return switch (service) {
      case ASR -> asr;
      case VAD -> vad;
      case MONITOR, ROUTER -> 1;
    };
  }

  private static void check(String service, int count, int least) {
    if (count < least || count > MOST) {
      throw new IllegalArgumentException(
          service + " may have " + least + " to " + MOST + " replicas, not " + count);
    }
  }
}
