// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

/** Whether preparing composes the static graph. */
public enum GraphChoice {
  /**
   * Where OpenFst is installed; otherwise the stock graph, with a line that says how to get the
   * other.
   */
  WHERE_POSSIBLE,
  /** Always: preparing fails where OpenFst is missing. */
  REQUIRED,
  /** Never. Versions that have one already are left as they are. */
  NEVER
}
