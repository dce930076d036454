// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * SHA-256 of files, each physical file read once in the life of this object: hard links of the 225
 * MB graph in several versions cost one pass. Only for a time in which nobody writes them. Not
 * thread-safe.
 */
final class FileHashes {
  private static final int BUFFER_BYTES = 1 << 17;
  private final Map<Identity, String> byIdentity = new HashMap<>();

  /** The file below {@code directory} as a manifest lists it. */
  ModelFile describe(Path directory, String path) throws IOException {
    Path file = directory.resolve(path);
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Object fileKey = attributes.fileKey();
    if (fileKey == null) {
      return new ModelFile(path, sha256(file), attributes.size());
    }
    Identity identity = new Identity(fileKey, attributes.size(), attributes.lastModifiedTime());
    String known = byIdentity.get(identity);
    if (known == null) {
      known = sha256(file);
      byIdentity.put(identity, known);
    }
    return new ModelFile(path, known, attributes.size());
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * One hash for a set of files: SHA-256 over the lines that {@code sha256sum} prints for them in
   * path order.
   */
  static String contentHash(List<ModelFile> sortedFiles) {
    MessageDigest digest = newDigest();
    for (ModelFile file : sortedFiles) {
      String line = file.sha256() + "  " + file.path() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  // The key alone is not enough: a file system gives the number of a deleted file to the next one.
  private record Identity(Object fileKey, long size, FileTime modified) {}

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform is required to have it.
      throw new UncheckedIOException(new IOException(impossible));
    }
  }
}
