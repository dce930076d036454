// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a model's files came from in the first place.
 *
 * @param origin Maven coordinates as {@code group:artifact:version:type}, an address, or a
 *     sentence; for people
 * @param archiveSha256 of the one file it was taken out of, or null when there was none
 */
public record ModelSource(String origin, @Nullable String archiveSha256) {
  public ModelSource {
    if (origin.isBlank()) {
      throw new IllegalArgumentException("the origin of a model is empty");
    }
    if (archiveSha256 != null) {
      ModelFile.requireSha256(archiveSha256);
    }
  }
}
