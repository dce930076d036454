// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Paths inside a model's directory, and the few things done to whole directories. */
final class ModelPaths {
  /**
   * The graph that decoding needs no composition with; its presence makes a version a static one.
   */
  static final String STATIC_GRAPH = "graph/HCLG.fst";

  /** The words of {@link #STATIC_GRAPH}, which the lookahead graph carries inside. */
  static final String WORDS = "graph/words.txt";

  /** Left part of the lookahead graph. */
  static final String LOOKAHEAD_LEFT = "graph/HCLr.fst";

  /** Right part of the lookahead graph: the language model. */
  static final String LOOKAHEAD_RIGHT = "graph/Gr.fst";

  private static final int MAX_LENGTH = 240;
  private static final Pattern INSIDE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

  private ModelPaths() {}

  /**
   * Whether a relative path is plain: no root, no dot directories, no backslash, no odd characters.
   */
  static boolean isInside(String path) {
    return path.length() <= MAX_LENGTH && INSIDE.matcher(path).matches();
  }

  static String requireInside(String path) {
    if (!isInside(path)) {
      throw new IllegalArgumentException("not a plain relative file name inside a model");
    }
    return path;
  }

  /**
   * The regular files below a directory, relative, sorted by their text; a link or a device is
   * listed as well.
   */
  static List<String> filesBelow(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /**
   * Makes {@code target} the same file as {@code source}, or a copy where the file system has no
   * hard links.
   */
  static void linkOrCopy(Path source, Path target) throws IOException {
    Files.createDirectories(parent(target));
    try {
      Files.createLink(target, source);
    } catch (UnsupportedOperationException | IOException noLinksHere) {
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Removes a directory and everything in it, not following links; does nothing when it is not
   * there.
   */
  static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static Path parent(Path file) throws NoSuchFileException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new NoSuchFileException(file.toString(), null, "has no parent directory");
    }
    return parent;
  }
}
