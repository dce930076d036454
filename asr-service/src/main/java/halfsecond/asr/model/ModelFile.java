// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.regex.Pattern;

/**
 * One file of a model.
 *
 * @param path relative to the model's directory, with forward slashes; never leaves it
 * @param sha256 of the content, lower-case hexadecimal
 * @param size in bytes
 */
public record ModelFile(String path, String sha256, long size) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ModelFile {
    ModelPaths.requireInside(path);
    requireSha256(sha256);
    if (size < 0) {
      throw new IllegalArgumentException("negative file size");
    }
  }

  static String requireSha256(String text) {
    if (!SHA_256.matcher(text).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal");
    }
    return text;
  }
}
