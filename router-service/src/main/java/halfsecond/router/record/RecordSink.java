// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

/** Takes records. Called by many sessions at once. */
@FunctionalInterface
public interface RecordSink {
  /** Takes the record or drops it; never blocks, never throws. */
  void offer(UtteranceRecord record);
}
