// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

/**
 * One way in which a version on disk is not what its manifest says.
 *
 * @param kind what happened to the file
 * @param path of the file, relative to the version's directory
 */
public record ModelProblem(Kind kind, String path) {
  /** What happened to a file. */
  public enum Kind {
    /** The manifest lists it and it is not there. */
    MISSING,
    /** It is there and the manifest does not list it. */
    EXTRA,
    /** Its content or size is another one, or it is not a regular file. */
    CHANGED
  }
}
