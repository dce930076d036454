// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

/** Where a version is in its life here. */
public enum ModelState {
  /** In the catalogue, not loaded. */
  AVAILABLE,
  /** Being verified, loaded or warmed up. */
  LOADING,
  /** Takes clips. */
  LOADED,
  /** Finishing its last clips. */
  UNLOADING,
  /** Its files are not what the manifest says, or it failed to load. */
  DAMAGED
}
