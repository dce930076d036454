// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/** A part of the pipeline that has metrics and a share of the budget. */
public enum Stage {
  VAD,
  ROUTE,
  ASR,
  DELIVER,
  /** All of them together. */
  PIPELINE
}
