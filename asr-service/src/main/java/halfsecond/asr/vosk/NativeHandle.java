// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One native object: freed exactly once, by its owner or, if the owner is lost without having
 * closed it, by the garbage collector, which is counted and logged as a leak. Not guarded against
 * use during {@link #free}: the owner's lock does that.
 */
final class NativeHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NativeHandle.class);
  private static final Cleaner CLEANER = Cleaner.create();

  private final Native memory;
  private final Cleaner.Cleanable cleanable;

  NativeHandle(Object owner, Pointer pointer, HandleCount count, Consumer<Pointer> release) {
    memory =
        new Native(
            pointer, count, release, LOG.isDebugEnabled() ? new Throwable("allocated here") : null);
    cleanable = CLEANER.register(owner, memory);
    count.opened();
  }

  /**
   * @throws IllegalStateException once freed
   */
  Pointer pointer() {
    if (memory.freed.get()) {
      throw new IllegalStateException(memory.count.kind() + " is closed");
    }
    return memory.pointer;
  }

  /** A second call does nothing. */
  void free() {
    if (memory.freed.compareAndSet(false, true)) {
      memory.release();
      cleanable.clean();
    }
  }

  /** What the cleaner holds; must not refer to the owner. */
  private record Native(
      Pointer pointer,
      HandleCount count,
      Consumer<Pointer> freeing,
      @Nullable Throwable allocation,
      AtomicBoolean freed)
      implements Runnable {
    Native(
        Pointer pointer,
        HandleCount count,
        Consumer<Pointer> freeing,
        @Nullable Throwable allocation) {
      this(pointer, count, freeing, allocation, new AtomicBoolean());
    }

    void release() {
      freeing.accept(pointer);
      count.closed();
    }

    @Override
    public void run() {
      if (freed.compareAndSet(false, true)) {
        release();
        count.leaked();
        LOG.atWarn()
            .addKeyValue("kind", count.kind())
            .setCause(allocation)
            .log("native handle was never closed");
      }
    }
  }
}
