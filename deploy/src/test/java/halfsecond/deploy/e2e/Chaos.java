// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.Replica;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.pipeline.ServiceProcess;
import halfsecond.deploy.pipeline.Signals;
import halfsecond.deploy.supervise.Snapshot.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Kills (SIGKILL) and freezes (SIGSTOP) the replicas of a service in a seeded order, each only
 * while it has work and another one serves. A frozen process is left for the supervisor to find.
 */
final class Chaos implements AutoCloseable {

  private enum Deed {
    KILL,
    HANG
  }

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ProcessPipeline pipeline;
  private final Service service;
  private final Predicate<Replica> hasWork;
  private final Random random;
  private final List<Deed> deeds = new ArrayList<>();

  /** Not by their numbers: the system gives those out again. */
  private final Set<ServiceProcess> struck = Collections.newSetFromMap(new IdentityHashMap<>());

  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "chaos");
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger hangs = new AtomicInteger();

  /**
   * Begins at once.
   *
   * @param hasWork asked about the victim right before
   */
  Chaos(
      ProcessPipeline pipeline,
      Service service,
      Predicate<Replica> hasWork,
      int kills,
      int hangs,
      long seed) {
    this.pipeline = pipeline;
    this.service = service;
    this.hasWork = hasWork;
    this.random = new Random(seed);
    deeds.addAll(Collections.nCopies(kills, Deed.KILL));
    deeds.addAll(Collections.nCopies(hangs, Deed.HANG));
    Collections.shuffle(deeds, random);
    thread.start();
  }

  /** Whether everything was done that was planned. */
  boolean done() {
    return kills.get() + hangs.get() == deeds.size();
  }

  int kills() {
    return kills.get();
  }

  int hangs() {
    return hangs.get();
  }

  private void run() {
    try {
      for (Deed deed : deeds) {
        ServiceProcess victim = awaitVictim();
        if (victim == null) {
          return;
        }
        struck.add(victim);
        if (deed == Deed.KILL) {
          victim.kill();
          kills.incrementAndGet();
        } else {
          Signals.suspend(victim.pid());
          hangs.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null when the speaking is over. */
  private @Nullable ServiceProcess awaitVictim() throws InterruptedException {
    while (!stop.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
      List<Replica> replicas = new ArrayList<>(pipeline.replicas());
      replicas.removeIf(replica -> replica.service() != service);
      // A frozen process still counts as serving until it has missed its probes.
      boolean allServe =
          replicas.stream()
              .allMatch(
                  replica ->
                      pipeline.supervised(replica).snapshot().phase() == Phase.SERVING
                          && !struck.contains(pipeline.process(replica)));
      Collections.shuffle(replicas, random);
      if (allServe) {
        for (Replica replica : replicas) {
          if (hasWork.test(replica)) {
            return pipeline.process(replica);
          }
        }
      }
    }
    return null;
  }

  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    thread.join();
  }
}
