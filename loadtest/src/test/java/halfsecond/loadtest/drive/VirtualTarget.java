// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.QueryListener;
import halfsecond.loadtest.targets.QueryStream;
import halfsecond.loadtest.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server in virtual time; what it does to a query is the test's business. */
final class VirtualTarget implements Target {
  /** What a server does; does nothing unless a test says so. */
  interface Behaviour {
    default void opened(Stream stream) {}

    default void audio(Stream stream) {}

    default void finished(Stream stream) {}
  }

  /** One query as the server sees it. */
  static final class Stream implements QueryStream {
    final QueryListener listener;
    final Scheduler scheduler;
    final long openedNanos;
    final List<Long> audioNanos = new ArrayList<>();
    ByteString heard = ByteString.EMPTY;
    long finishedNanos = -1;
    boolean cancelled;
    private final Behaviour behaviour;

    Stream(QueryListener listener, Scheduler scheduler, Behaviour behaviour) {
      this.listener = listener;
      this.scheduler = scheduler;
      this.openedNanos = scheduler.nanos();
      this.behaviour = behaviour;
    }

    @Override
    public void audio(ByteString samples) {
      audioNanos.add(scheduler.nanos());
      heard = heard.concat(samples);
      behaviour.audio(this);
    }

    @Override
    public void finish() {
      finishedNanos = scheduler.nanos();
      behaviour.finished(this);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    /** Audio heard so far. */
    Duration heardLength() {
      return Duration.ofNanos(heard.size() / 2 * 62_500L);
    }

    void answerAfter(Duration delay, String text) {
      scheduler.after(
          delay, () -> listener.answered(new FinalAnswer(text, "END_OF_SPEECH", 1, List.of())));
    }

    void closeAfter(Duration delay) {
      scheduler.after(delay, listener::closed);
    }
  }

  final List<Stream> streams = new ArrayList<>();
  private final Scheduler scheduler;
  private final boolean serverFindsEnd;
  private final Behaviour behaviour;

  VirtualTarget(Scheduler scheduler, boolean serverFindsEnd, Behaviour behaviour) {
    this.scheduler = scheduler;
    this.serverFindsEnd = serverFindsEnd;
    this.behaviour = behaviour;
  }

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }

  @Override
  public boolean serverFindsEnd() {
    return serverFindsEnd;
  }

  @Override
  public QueryStream open(QueryListener listener) {
    Stream stream = new Stream(listener, scheduler, behaviour);
    streams.add(stream);
    behaviour.opened(stream);
    return stream;
  }

  @Override
  public void close() {}
}
