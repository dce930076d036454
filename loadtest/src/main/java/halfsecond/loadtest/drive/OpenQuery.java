// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.QueryListener;
import halfsecond.loadtest.targets.QueryStream;
import halfsecond.loadtest.targets.Refusal;
import halfsecond.loadtest.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One query from its start to its end. The pacing thread sends; answers come on the target's
 * threads. The first ending counts, whoever sees it.
 */
final class OpenQuery implements QueryListener {
  /** Nothing is due any more. */
  static final long NEVER = Long.MAX_VALUE;

  /** How often a query that only waits for its answer is looked at. */
  private static final long GLANCE_NANOS = 20_000_000;

  private final int number;
  private final Utterance utterance;
  private final long startNanos;
  private final long originNanos;
  private final boolean serverFindsEnd;
  private final long earliestFinish;
  private final long giveUpNanos;
  private final Ticker ticker;
  private final Consumer<Outcome> sink;

  // Only the pacing thread touches these.
  private @Nullable QueryStream stream;
  private int next;
  private boolean finished;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<FinalAnswer> finals = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Long> partials = new ArrayList<>();

  @GuardedBy("lock")
  private long lastFinal;

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private long late;

  @GuardedBy("lock")
  private boolean ended;

  /**
   * @param sink told once, on any thread
   */
  OpenQuery(
      Intent intent,
      DriveSettings settings,
      boolean serverFindsEnd,
      Ticker ticker,
      Consumer<Outcome> sink) {
    this.number = intent.number();
    this.utterance = intent.utterance();
    this.startNanos = intent.startNanos();
    this.originNanos = intent.originNanos();
    this.serverFindsEnd = serverFindsEnd;
    Duration speech = utterance.query().speechEnd();
    this.earliestFinish = startNanos + speech.plus(settings.endpointing()).toNanos();
    this.giveUpNanos = startNanos + speech.plus(settings.giveUp()).toNanos();
    this.ticker = ticker;
    this.sink = sink;
  }

  /**
   * What is to be said and when.
   *
   * @param originNanos the ticker's reading at the start of the run
   * @param startNanos intended start, by the ticker
   */
  record Intent(int number, Utterance utterance, long originNanos, long startNanos) {}

  long startNanos() {
    return startNanos;
  }

  /** Opens the stream; returns when the first chunk is due. */
  long open(Target target) {
    stream = target.open(this);
    return startNanos + utterance.dueNanos(0);
  }

  /**
   * Does what is due.
   *
   * @param due the instant for which it was called
   * @return when the next thing is due, by the ticker; {@link #NEVER} when it is over
   */
  long act(long due) {
    QueryStream to = stream;
    if (to == null || isOver()) {
      if (to != null && !finished) {
        // Refused or broken while it was spoken; a stream that is over already ignores it.
        to.cancel();
      }
      return NEVER;
    }
    long now = ticker.nanos();
    if (now >= giveUpNanos) {
      // An answer that is there counts, even if the stream is never closed.
      Ending ending = answeredAfterSpeech() ? Ending.ANSWERED : Ending.UNANSWERED;
      if (end(ending, "", Optional.empty())) {
        to.cancel();
      }
      return NEVER;
    }
    if (finished) {
      return Math.min(giveUpNanos, due + GLANCE_NANOS);
    }
    if (serverFindsEnd && due >= earliestFinish && answeredAfterSpeech()) {
      return finish(to);
    }
    send(to, now - due);
    return next < utterance.count() ? startNanos + utterance.dueNanos(next) : finish(to);
  }

  /** Ends it without an outcome of its own making; whoever stops a run knows what to count. */
  void abandon() {
    synchronized (lock) {
      ended = true;
    }
    if (stream != null) {
      stream.cancel();
    }
  }

  @Override
  public void partial(String text) {
    long now = ticker.nanos() - originNanos;
    synchronized (lock) {
      partials.add(now);
    }
  }

  @Override
  public void answered(FinalAnswer answer) {
    long now = ticker.nanos() - originNanos;
    synchronized (lock) {
      finals.add(answer);
      lastFinal = now;
    }
  }

  @Override
  public void refused(Refusal refusal) {
    boolean unused = end(Ending.REFUSED, "", Optional.of(refusal));
  }

  @Override
  public void closed() {
    boolean answered;
    synchronized (lock) {
      answered = !finals.isEmpty();
    }
    boolean unused = end(answered ? Ending.ANSWERED : Ending.UNANSWERED, "", Optional.empty());
  }

  @Override
  public void failed(String code) {
    boolean unused = end(Ending.FAILED, code, Optional.empty());
  }

  boolean isOver() {
    synchronized (lock) {
      return ended;
    }
  }

  private void send(QueryStream to, long lateness) {
    ByteString chunk = utterance.chunk(next);
    to.audio(chunk);
    synchronized (lock) {
      bytes += chunk.size();
      if (next == utterance.endOfSpeech()) {
        late = Math.max(0, lateness);
      }
    }
    next++;
  }

  private long finish(QueryStream to) {
    finished = true;
    to.finish();
    return Math.min(giveUpNanos, ticker.nanos() + GLANCE_NANOS);
  }

  /** A final before the end of speech is of an earlier part: the speaker goes on. */
  private boolean answeredAfterSpeech() {
    synchronized (lock) {
      long speechEnd = startNanos - originNanos + utterance.query().speechEnd().toNanos();
      return !finals.isEmpty() && lastFinal >= speechEnd;
    }
  }

  private boolean end(Ending ending, String code, Optional<Refusal> refusal) {
    Outcome outcome;
    synchronized (lock) {
      if (ended) {
        return false;
      }
      ended = true;
      outcome =
          new Outcome(
              number,
              utterance.query(),
              startNanos - originNanos,
              late,
              ticker.nanos() - originNanos,
              ending,
              code,
              ending == Ending.ANSWERED ? Optional.of(answer()) : Optional.empty(),
              refusal,
              List.copyOf(partials),
              bytes);
    }
    sink.accept(outcome);
    return true;
  }

  @GuardedBy("lock")
  private Outcome.Answer answer() {
    List<String> texts =
        finals.stream().map(FinalAnswer::text).filter(text -> !text.isEmpty()).toList();
    FinalAnswer last = finals.get(finals.size() - 1);
    return new Outcome.Answer(finals.size(), String.join(" ", texts), last, lastFinal);
  }
}
