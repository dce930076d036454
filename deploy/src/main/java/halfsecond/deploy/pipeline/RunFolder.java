// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running pipeline: the configuration that its processes read, also when they are
 * started again, and their output. Locked, because a second pipeline would change both under the
 * first one; the lock ends with this process at the latest.
 */
final class RunFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private RunFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the folder, and empties what an earlier pipeline's processes printed.
   *
   * @param router named to the operator when the folder is taken
   * @throws StartException when another pipeline runs in it
   */
  static RunFolder claim(Path path, Endpoint router) throws IOException {
    Files.createDirectories(path);
    FileChannel lock =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(lock) == null) {
      lock.close();
      throw new StartException(
          "the pipeline on port " + router.port() + " runs already: " + path + " is in use");
    }
    try (var files = Files.list(path)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".log")).toList()) {
        Files.delete(file);
      }
    }
    return new RunFolder(path, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path configuration() {
    return path.resolve(PipelineConfig.FILE);
  }

  Path log(Replica replica) {
    return path.resolve(replica.name() + ".log");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
