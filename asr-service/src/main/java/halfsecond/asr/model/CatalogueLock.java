// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change a catalogue, held by one thread of one process at a time and lost with the
 * process. Closed by the thread that acquired it. Not reentrant.
 */
final class CatalogueLock implements AutoCloseable {
  private static final String WAITING = "waiting for another preparation of the models";

  // A file lock belongs to the whole JVM; between its threads this does the same work.
  private static final Map<Path, ReentrantLock> BY_CATALOGUE = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private CatalogueLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits for whoever holds it; says so once to the listener. */
  static CatalogueLock acquire(ModelCatalogue catalogue, ProgressListener progress)
      throws IOException, InterruptedException {
    ReentrantLock threads =
        BY_CATALOGUE.computeIfAbsent(catalogue.root(), root -> new ReentrantLock());
    if (threads.isHeldByCurrentThread()) {
      throw new IllegalStateException("this thread is already changing the catalogue");
    }
    if (!threads.tryLock()) {
      progress.progress(WAITING, 0);
      threads.lockInterruptibly();
      progress.progress(WAITING, 100);
    }
    try {
      return new CatalogueLock(threads, lockFile(catalogue.root().resolve(".lock"), progress));
    } catch (Throwable failure) {
      threads.unlock();
      throw failure;
    }
  }

  private static FileChannel lockFile(Path file, ProgressListener progress)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        progress.progress(WAITING, 0);
        channel.lock();
        progress.progress(WAITING, 100);
      }
      return channel;
    } catch (FileLockInterruptionException | ClosedByInterruptException interrupted) {
      channel.close();
      Thread.interrupted();
      throw (InterruptedException)
          new InterruptedException("interrupted while waiting for the catalogue")
              .initCause(interrupted);
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
