// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

/**
 * The version that another was made from.
 *
 * @param id its id at that time
 * @param contentHash its content hash at that time
 */
public record ModelDerivation(ModelId id, String contentHash) {
  public ModelDerivation {
    ModelFile.requireSha256(contentHash);
  }
}
