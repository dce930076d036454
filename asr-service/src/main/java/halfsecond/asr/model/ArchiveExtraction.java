// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Takes one folder out of a zip. Trusts nothing in it: names must be plain and stay inside, no file
 * is written twice, and what comes out is bounded by what is really decompressed, not by what the
 * headers say. Not thread-safe.
 */
final class ArchiveExtraction {
  private static final int MAX_ENTRIES = 10_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private final String prefix;
  private final long maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long writtenBytes;
  private int writtenFiles;

  ArchiveExtraction(String folder, long maxBytes) {
    this.prefix = folder + "/";
    this.maxBytes = maxBytes;
  }

  void extract(Path archive, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw new ModelException("the archive has more than " + MAX_ENTRIES + " entries");
      }
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          extract(zip, entry, target);
        }
      }
    } catch (ZipException invalid) {
      throw new ModelException("the archive is not a readable zip file", invalid);
    }
    if (writtenFiles == 0) {
      throw new ModelException("the archive has no folder " + prefix);
    }
  }

  private void extract(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    String path = entry.getName().substring(prefix.length());
    if (!ModelPaths.isInside(path)) {
      throw new ModelException("the archive has a file name that leads out of its folder");
    }
    Path file = target.resolve(path);
    Files.createDirectories(ModelPaths.parent(file));
    if (Files.exists(file)) {
      throw new ModelException("the archive has two files of one name");
    }
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        writtenBytes += read;
        if (writtenBytes > maxBytes) {
          throw new ModelException("the archive holds more than " + maxBytes + " bytes");
        }
        out.write(buffer, 0, read);
      }
    }
    writtenFiles++;
  }
}
