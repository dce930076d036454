// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/** How urgent a clip is. */
public enum Priority {
  /** Somebody waits for it. */
  LIVE,
  /** Decoded when nothing urgent is waiting. */
  BATCH
}
