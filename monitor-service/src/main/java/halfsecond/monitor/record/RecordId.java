// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/**
 * Identifies a record: sending it again changes nothing.
 *
 * @param revision {@link #FIRST} for what the client got, {@link #LATE} for the full answer after a
 *     cut one
 */
public record RecordId(String utteranceId, int revision) {
  public static final int FIRST = 1;
  public static final int LATE = 2;

  public RecordId {
    Limits.id("utterance_id", utteranceId);
    Limits.between("revision", revision, FIRST, LATE);
  }
}
