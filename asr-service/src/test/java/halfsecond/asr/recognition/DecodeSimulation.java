// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Decode threads in virtual time: clips whose blocks arrive one after another wait in the real
 * {@link WaitingTurns}, and blocks take as long as the workload says.
 */
final class DecodeSimulation {
  static final long BLOCK_NANOS = Duration.ofMillis(100).toNanos();

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final List<SimulatedClip> clips = new ArrayList<>();
  private final WaitingTurns waiting;
  private final Consumer<SimulatedClip> picked;
  private long order;
  private long now;
  private int freeThreads;

  private record Event(long time, long order, Runnable body) {}

  /**
   * One clip of a workload.
   *
   * @param arrivalNanos between two blocks; 0 if all of the audio comes at once
   * @param within time to finish
   */
  record Arrival(
      long startNanos,
      int blocks,
      long arrivalNanos,
      boolean live,
      long within,
      long blockCost,
      long finishCost) {
    long cost() {
      return blocks * blockCost + finishCost;
    }
  }

  /**
   * @param picked told of every clip that gets a thread, which is no longer among {@link
   *     #waitingClips}
   */
  DecodeSimulation(Scheduling scheduling, int threads, Consumer<SimulatedClip> picked) {
    this.waiting = new WaitingTurns(scheduling);
    this.freeThreads = threads;
    this.picked = picked;
  }

  /** Runs until the last clip is complete. */
  List<SimulatedClip> run(List<Arrival> workload) {
    for (Arrival arrival : workload) {
      at(arrival.startNanos(), () -> clips.add(new SimulatedClip(arrival)));
    }
    for (Event event = events.poll(); event != null; event = events.poll()) {
      now = event.time();
      event.body().run();
      serve();
    }
    return clips;
  }

  List<SimulatedClip> waitingClips() {
    return clips.stream().filter(clip -> clip.turn.entry != null).toList();
  }

  private void at(long time, Runnable body) {
    events.add(new Event(time, order++, body));
  }

  private void serve() {
    while (freeThreads > 0 && !waiting.isEmpty()) {
      freeThreads--;
      Turn turn = waiting.poll();
      if (turn == null) {
        throw new AssertionError("something waited");
      }
      turn.run();
    }
  }

  /** The rules of a {@link Clip}, without the clip. */
  final class SimulatedClip {
    final Arrival arrival;
    final Turn turn = new Turn(this::begin);
    private final ArrayDeque<Long> blocks = new ArrayDeque<>();
    private boolean scheduled;
    private boolean finishing;
    private boolean late;
    private long finishNanos;
    private long completeNanos = -1;

    private SimulatedClip(Arrival arrival) {
      this.arrival = arrival;
      for (int i = 1; i <= arrival.blocks(); i++) {
        at(now + i * arrival.arrivalNanos(), this::blockCame);
      }
      at(now + arrival.blocks() * arrival.arrivalNanos(), this::finish);
    }

    /** From the request to finish until all is decoded. */
    long finalizeNanos() {
      return completeNanos - finishNanos;
    }

    boolean isComplete() {
      return completeNanos >= 0;
    }

    DecodeRank rank() {
      if (late) {
        return DecodeRank.LATE;
      }
      if (arrival.live()) {
        return finishing ? DecodeRank.LIVE_FINISHING : DecodeRank.LIVE;
      }
      return finishing ? DecodeRank.BATCH_FINISHING : DecodeRank.BATCH;
    }

    long dueNanos() {
      return switch (rank()) {
        case LIVE_FINISHING -> finishNanos + arrival.within();
        case LIVE -> blocks.getFirst();
        case LATE -> finishNanos;
        case RELEASING, BATCH_FINISHING, BATCH -> 0;
      };
    }

    private void blockCame() {
      blocks.add(now);
      schedule();
    }

    private void finish() {
      finishing = true;
      finishNanos = now;
      if (arrival.live()) {
        at(now + arrival.within(), this::overdue);
      }
      schedule();
      waiting.move(turn, rank(), dueNanos());
    }

    private void overdue() {
      if (!isComplete()) {
        late = true;
        waiting.move(turn, rank(), dueNanos());
      }
    }

    private void schedule() {
      if (!scheduled && !isComplete() && (finishing || !blocks.isEmpty())) {
        scheduled = true;
        waiting.add(turn, rank(), dueNanos());
      }
    }

    private void begin() {
      picked.accept(this);
      boolean block = blocks.poll() != null;
      boolean last = finishing && blocks.isEmpty();
      at(
          now + (block ? arrival.blockCost() : 0) + (last ? arrival.finishCost() : 0),
          () -> end(last));
    }

    private void end(boolean last) {
      freeThreads++;
      scheduled = false;
      if (last) {
        completeNanos = now;
      }
      schedule();
    }
  }
}
