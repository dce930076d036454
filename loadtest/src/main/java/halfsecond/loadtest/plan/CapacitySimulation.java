// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Recognition of many utterances at a time, event after event in virtual time: Poisson arrivals,
 * audio that comes block by block in real time, replicas with cores that decode a block at a time.
 * The least loaded replica gets a clip; when the end of speech is known its clip goes first. Router
 * and voice activity detection take the constant overhead only: their work is a small part, and the
 * plan gives them cores of their own.
 *
 * <p>When a machine is lost, streams that its router held are cut; clips that it recognized for
 * other routers are replayed elsewhere, all their audio at once. The same seed gives the same
 * result. An object is for one run, on one thread.
 */
public final class CapacitySimulation {
  private static final double NANOS = 1e9;
  private static final long LATER = 1L << 61;
  private static final int ARRIVAL = 0;
  private static final int BLOCK = 1;
  private static final int END = 2;
  private static final int LOSS = 3;
  private static final int RESUME = 4;

  /** Tags from here on: a block was decoded by this attempt. */
  private static final int DONE = 16;

  private final SimulationSettings settings;
  private final SplittableRandom random;
  private final Gamma cost;
  private final double[] lengths;
  private final List<Replica> replicas = new ArrayList<>();
  private final TimeQueue<Clip> events = new TimeQueue<>();
  private final Tally tally;
  private final Clip nobody = new Clip(0, 0, 0);
  private final long lastArrival;
  private final double admittable;
  private int cores;
  private int open;
  private int doors;
  private int lostMachine = -1;
  private long now;

  public CapacitySimulation(SimulationSettings settings, long seed) {
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.cost = new Gamma(random, settings.spread());
    this.lengths = settings.lengths().stream().mapToDouble(Double::doubleValue).toArray();
    this.lastArrival = nanos(settings.seconds());
    this.tally = new Tally(nanos(settings.countedFrom()), lastArrival);
    this.admittable = settings.admission() / settings.realTimeFactor();
    for (int machine = 0; machine < settings.machines(); machine++) {
      for (int replica = 0; replica < settings.replicasPerMachine(); replica++) {
        replicas.add(new Replica(machine, settings.coresPerReplica()));
        cores += settings.coresPerReplica();
      }
    }
  }

  /** Runs until the last utterance that arrived is answered. */
  public SimulationResult run() {
    events.add(gap(), ARRIVAL, nobody);
    if (!Double.isInfinite(settings.loseMachineAt())) {
      events.add(nanos(settings.loseMachineAt()), LOSS, nobody);
    }
    while (!events.isEmpty()) {
      tally.advance(events.key(), open, cores);
      now = events.key();
      int tag = events.tag();
      handle(tag, events.remove());
    }
    tally.advance(lastArrival, open, cores);
    return tally.result();
  }

  private void handle(int tag, Clip clip) {
    switch (tag) {
      case ARRIVAL -> arrive();
      case BLOCK -> hear(clip);
      case END -> end(clip);
      case LOSS -> lose();
      case RESUME -> resume(clip);
      default -> done(clip, tag - DONE);
    }
  }

  private void arrive() {
    long next = now + gap();
    if (next < lastArrival) {
      events.add(next, ARRIVAL, nobody);
    }
    if (open + 1 > admittable * cores) {
      tally.refuse(now);
      return;
    }
    long length = nanos(lengths[random.nextInt(lengths.length)]);
    Clip clip = new Clip(now, length, door());
    leastLoaded().add(clip);
    open++;
    tally.admit(now);
    await(clip);
  }

  /** Routers take turns, those of a lost machine excepted. */
  private int door() {
    doors = (doors + 1) % settings.machines();
    if (doors == lostMachine) {
      doors = (doors + 1) % settings.machines();
    }
    return doors;
  }

  /** Plans the next block of audio, or the moment when the end of speech is known. */
  private void await(Clip clip) {
    if (clip.arrived < clip.length) {
      events.add(clip.start + clip.arrived + nextBlock(clip), BLOCK, clip);
    } else {
      events.add(clip.speechEnd() + nanos(settings.endpointWait()), END, clip);
    }
  }

  private long nextBlock(Clip clip) {
    return Math.min(nanos(settings.blockSeconds()), clip.length - clip.arrived);
  }

  private void hear(Clip clip) {
    if (clip.gone) {
      return;
    }
    long block = nextBlock(clip);
    clip.arrived += block;
    clip.pending += block;
    await(clip);
    queue(clip);
  }

  private void end(Clip clip) {
    if (!clip.gone) {
      clip.ended = true;
      queue(clip);
    }
  }

  /** Queues a clip that has work at its replica, again when it has become urgent. */
  private void queue(Clip clip) {
    Replica replica = clip.replica;
    if (replica == null || clip.running || !clip.hasWork()) {
      return;
    }
    boolean urgent = clip.ended && settings.deadlineFirst();
    if (clip.queued && clip.queuedAsEnded == urgent) {
      return;
    }
    clip.queued = true;
    clip.queuedAsEnded = urgent;
    clip.turn++;
    // All have the same budget: the order of deadlines is that of the ends of speech.
    long key = urgent ? clip.speechEnd() : LATER + now;
    replica.ready.add(key, clip.turn, clip);
    dispatch(replica);
  }

  private void dispatch(Replica replica) {
    while (replica.alive && replica.busy < replica.cores && !replica.ready.isEmpty()) {
      int turn = replica.ready.tag();
      Clip clip = replica.ready.remove();
      if (clip.queued && clip.turn == turn && clip.replica == replica) {
        start(clip, replica);
      }
    }
  }

  private void start(Clip clip, Replica replica) {
    clip.queued = false;
    clip.running = true;
    replica.busy++;
    long block = Math.min(clip.pending, nanos(settings.blockSeconds()));
    double mean = block > 0 ? block * settings.cpuPerSecond() : settings.finishMillis() * 1e6;
    clip.pending = block > 0 ? clip.pending - block : -1;
    long took = Math.max(1, Math.round(mean * cost.next()));
    tally.work(now, took);
    events.add(now + took, DONE + clip.attempt, clip);
  }

  private void done(Clip clip, int attempt) {
    Replica replica = clip.replica;
    if (attempt != clip.attempt || replica == null) {
      return;
    }
    replica.busy--;
    clip.running = false;
    if (clip.pending < 0) {
      replica.remove(clip);
      clip.gone = true;
      open--;
      tally.answer(clip, now, settings.overheadMillis(), settings.budget() * 1000);
    } else {
      queue(clip);
    }
    dispatch(replica);
  }

  private void lose() {
    lostMachine = 0;
    List<Clip> all = new ArrayList<>();
    for (Replica replica : replicas) {
      all.addAll(replica.clips);
      if (replica.machine == lostMachine) {
        replica.alive = false;
        cores -= replica.cores;
      }
    }
    for (Clip clip : all) {
      Replica replica = clip.replica;
      if (replica == null) {
        continue;
      }
      if (clip.door == lostMachine) {
        leave(clip, replica);
        clip.gone = true;
        open--;
        tally.cut(clip);
        dispatch(replica);
      } else if (!replica.alive) {
        leave(clip, replica);
        events.add(now + nanos(settings.detection()), RESUME, clip);
      }
    }
  }

  /** What the replica does for it counts no more. */
  private static void leave(Clip clip, Replica replica) {
    if (clip.running) {
      replica.busy--;
    }
    replica.remove(clip);
    clip.attempt++;
    clip.running = false;
    clip.queued = false;
  }

  private void resume(Clip clip) {
    clip.pending = clip.arrived;
    leastLoaded().add(clip);
    queue(clip);
  }

  private Replica leastLoaded() {
    @Nullable Replica best = null;
    for (Replica replica : replicas) {
      if (replica.alive && (best == null || replica.clips.size() < best.clips.size())) {
        best = replica;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no replica is left");
    }
    return best;
  }

  private long gap() {
    return Math.round(-Math.log(1 - random.nextDouble()) / settings.rate() * NANOS);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
