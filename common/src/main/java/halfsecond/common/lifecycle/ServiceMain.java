// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a service process. Starts it, waits until the process is told to end (SIGTERM,
 * Ctrl-C), drains it once, and ends with {@link #CLEAN}. What keeps it from starting is said on
 * standard error and in the exit code.
 *
 * <pre>{@code
 * int exit = ServiceMain.run("vad-service", closer -> {
 *   VadConfig config = VadConfig.load(ConfigFiles.load(file));
 *   Telemetry telemetry = closer.register(Telemetry.create("vad-service", config.telemetry(), List.of()));
 *   closer.register(VadServer.start(config, telemetry));
 * });
 * }</pre>
 */
public final class ServiceMain {
  /** Told to end, and everything was closed. */
  public static final int CLEAN = 0;

  /** The command line makes no sense ({@link UsageException}). */
  public static final int BAD_USAGE = 64;

  /** The service could not start or could not close. */
  public static final int CRASH = 70;

  /** The configuration cannot be used ({@link ConfigException}). */
  public static final int BAD_CONFIG = 78;

  private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

  /** Starts the service. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Registers all that it starts, in order; the closer unwinds it when this throws and when the
     * process ends.
     *
     * @throws Exception to refuse: {@link ConfigException}, {@link UsageException}, {@link
     *     StartException} are for the operator to read, anything else is a bug
     */
    void start(Closer closer) throws Exception;
  }

  /**
   * Environment variable of a process that must not outlive the one that started it. Its only
   * value, {@value #STDIN}, means: drain and end as if told to when standard input ends, which a
   * pipe does when the process at its other end is gone, also after SIGKILL.
   */
  public static final String PARENT = "HALFSECOND_PARENT";

  /** The value of {@link #PARENT}. */
  public static final String STDIN = "stdin";

  /** What the process offers; a test's own does not end the test. */
  interface Host {
    void addShutdownHook(Thread hook);

    /** Ends when the parent is gone; empty when the process may outlive it. */
    Optional<InputStream> lifeline();

    /** Ends the process in the orderly way: runs the shutdown hook first. */
    void exit(int code);

    /** Ends the process at once with this code, from within a shutdown hook. */
    void halt(int code);
  }

  private enum Phase {
    RUNNING,
    TOLD_TO_END,
    REFUSED
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
  private final String service;
  private final PrintStream errors;
  private final Host host;

  ServiceMain(String service, PrintStream errors, Host host) {
    this.service = service;
    this.errors = errors;
    this.host = host;
  }

  /**
   * Starts and waits. Returns only if the start failed, with the exit code to end the process with;
   * otherwise the process ends with {@link #CLEAN}, or {@link #CRASH} if closing failed, once it
   * was told to.
   */
  public static int run(String service, Starter starter) {
    return new ServiceMain(service, System.err, new ThisJvm()).run(starter);
  }

  int run(Starter starter) {
    Closer closer = new Closer();
    CountDownLatch ended = new CountDownLatch(1);
    // Before the start, because a process may be told to end while it loads: what has started by
    // then is drained, and what comes later is closed by the closer at once.
    host.addShutdownHook(new Thread(() -> end(closer, ended), service + "-stop"));
    host.lifeline()
        .ifPresent(
            lifeline -> NamedThreads.factory("lifeline").newThread(() -> hold(lifeline)).start());
    try {
      starter.start(closer);
    } catch (ConfigException e) {
      return refused(closer, e, BAD_CONFIG);
    } catch (UsageException e) {
      return refused(closer, e, BAD_USAGE);
    } catch (StartException e) {
      return refused(closer, e, CRASH);
    } catch (Exception | Error e) {
      return failed(closer, e);
    }
    LOG.atInfo().addKeyValue("service", service).log("started");
    return await(ended, closer);
  }

  /** Returns never while the parent lives: it writes nothing. */
  private void hold(InputStream lifeline) {
    try {
      lifeline.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("lifeline broke");
    }
    LOG.atWarn().addKeyValue("service", service).log("the parent process is gone");
    host.exit(CLEAN);
  }

  /**
   * The process ends: because it was told to, or because the start was refused, which has its own
   * exit code.
   */
  private void end(Closer closer, CountDownLatch ended) {
    if (!phase.compareAndSet(Phase.RUNNING, Phase.TOLD_TO_END)) {
      return;
    }
    int code = close(closer);
    ended.countDown();
    // Without this the JVM ends with 128 + the signal's number, which reads as a crash.
    host.halt(code);
  }

  private int refused(Closer closer, RuntimeException why, int code) {
    if (!phase.compareAndSet(Phase.RUNNING, Phase.REFUSED)) {
      return CLEAN;
    }
    closer.closeAfter(why);
    errors.println(service + ": " + why.getMessage());
    LOG.atDebug().setCause(why).addKeyValue("service", service).log("refused to start");
    return code;
  }

  private int failed(Closer closer, Throwable bug) {
    restoreInterrupt(bug);
    if (!phase.compareAndSet(Phase.RUNNING, Phase.REFUSED)) {
      // Told to end in the middle of the start, which then finds its resources closed.
      return CLEAN;
    }
    closer.closeAfter(bug);
    LOG.atError().setCause(bug).addKeyValue("service", service).log("could not start");
    errors.println(service + ": could not start because of a bug; the log has the details");
    return CRASH;
  }

  private int await(CountDownLatch ended, Closer closer) {
    try {
      ended.await();
      return CLEAN;
    } catch (InterruptedException e) {
      int code = close(closer);
      Thread.currentThread().interrupt();
      return code;
    }
  }

  private int close(Closer closer) {
    try {
      closer.close();
      LOG.atInfo().addKeyValue("service", service).log("stopped");
      return CLEAN;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("service", service).log("could not stop cleanly");
      return CRASH;
    }
  }

  private static void restoreInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** The JVM. */
  private static final class ThisJvm implements Host {
    @Override
    public void addShutdownHook(Thread hook) {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public Optional<InputStream> lifeline() {
      return STDIN.equals(System.getenv(PARENT)) ? Optional.of(System.in) : Optional.empty();
    }

    @Override
    public void exit(int code) {
      System.exit(code);
    }

    @Override
    public void halt(int code) {
      Runtime.getRuntime().halt(code);
    }
  }
}
