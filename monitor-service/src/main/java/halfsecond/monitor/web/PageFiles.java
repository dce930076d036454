// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the page, which are part of the program. Safe for use by any thread. */
final class PageFiles {
  /** No dot but the last: nothing leads out of the folder. */
  private static final Pattern NAME = Pattern.compile("([a-z]+/)?[a-z]+\\.(html|css|js|svg)");

  private static final String INDEX = "index.html";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** As many as there are files: names that lead to none are not kept. */
  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  /**
   * A file as it is sent. The bytes are shared and never changed.
   *
   * @param tag its content's, quoted, for conditional requests
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copied into every response.
  record PageFile(byte[] content, String type, String tag) {}

  /** The file at a path that begins with a slash; empty when there is none. */
  Optional<PageFile> at(String path) {
    String name = path.equals("/") ? INDEX : path.substring(1);
    PageFile known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? load(name, matcher.group(2)) : Optional.empty();
  }

  private Optional<PageFile> load(String name, String extension) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] content = in.readAllBytes();
      PageFile file = new PageFile(content, TYPES.getOrDefault(extension, ""), tag(content));
      read.put(name, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
