// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.Backoff;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.measure.Measurement;
import halfsecond.common.measure.MeasurementSource;
import halfsecond.monitor.v1.StageSample;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when to report. One batch is on its way at a time, and nothing is kept of what could not
 * be sent: gauges are read when a batch leaves, counters go on counting where they are. So a
 * monitor that is slow, hung or away costs neither memory nor time, and what it misses of counters
 * it is told when it is back; only a batch that was on its way when the connection broke is never
 * told again, because it may have arrived.
 *
 * <p>Everything, the listener's calls and the scheduler's tasks included, happens on one thread or
 * one after another.
 */
final class StageReports {
  /** How long an answer may take; also how long a failure lasts before somebody is told. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(StageReports.class);

  private enum State {
    APART,
    CONNECTING,
    /** Between two batches. */
    CONNECTED,
    /** A batch is on its way. */
    UNANSWERED,
    CLOSED
  }

  private final StageStream.Link link;
  private final List<MeasurementSource> sources;
  private final Duration interval;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private final StageSamples samples = new StageSamples();
  private final Outage outage;

  private State state = State.APART;
  private @Nullable StageStream stream;
  private Scheduler.@Nullable Timer next;
  private long sentNanos;
  private boolean complainedOfRefusal;
  private boolean complainedOfSource;

  StageReports(
      StageStream.Link link,
      List<MeasurementSource> sources,
      Duration interval,
      Scheduler scheduler,
      InstantSource clock) {
    this.link = link;
    this.sources = List.copyOf(sources);
    this.interval = interval;
    this.scheduler = scheduler;
    this.clock = clock;
    this.outage = new Outage(PATIENCE, scheduler.nanos());
  }

  /** Connects, reports at once, and then again and again. To be called once. */
  void start() {
    connect();
  }

  /** Gives the stream up. Nothing happens afterwards. */
  void close() {
    cancelNext();
    state = State.CLOSED;
    if (stream != null) {
      stream.cancel();
      stream = null;
    }
  }

  private void connect() {
    state = State.CONNECTING;
    Call call = new Call();
    stream = call.open();
    after(PATIENCE, () -> giveUp(call));
  }

  private void report(Call call) {
    List<StageSample> batch = samples.of(read(), clock.instant());
    state = State.UNANSWERED;
    sentNanos = scheduler.nanos();
    after(PATIENCE, () -> giveUp(call));
    call.send(batch);
  }

  private List<Measurement> read() {
    List<Measurement> all = new ArrayList<>();
    for (MeasurementSource source : sources) {
      try {
        all.addAll(source.read());
      } catch (RuntimeException | LinkageError e) {
        // A bug in one must not silence the others, nor fill the log.
        if (!complainedOfSource) {
          complainedOfSource = true;
          LOG.atError().setCause(e).log("measurements could not be read");
        }
      }
    }
    return all;
  }

  private void answered(Call call, int refused, String field) {
    state = State.CONNECTED;
    samples.told();
    backoff.reset();
    if (outage.worked(scheduler.nanos())) {
      LOG.atInfo().log("measurements reach the monitor again");
    }
    if (refused > 0 && !complainedOfRefusal) {
      complainedOfRefusal = true;
      LOG.atWarn()
          .addKeyValue("measurements", refused)
          .addKeyValue("field", field)
          .log("the monitor refuses measurements");
    }
    Duration since = Duration.ofNanos(scheduler.nanos() - sentNanos);
    after(interval.minus(since), () -> report(call));
  }

  private void giveUp(Call call) {
    call.cancel();
    lost(false, "no answer");
  }

  private void lost(boolean untaken, String why) {
    state = State.APART;
    stream = null;
    if (untaken) {
      samples.untold();
    } else {
      samples.told();
    }
    if (outage.failed(scheduler.nanos())) {
      LOG.atWarn()
          .addKeyValue("status", why)
          .log("measurements do not reach the monitor; this is tried on and not said again");
    }
    after(backoff.next(), this::connect);
  }

  private void after(Duration delay, Runnable task) {
    cancelNext();
    next = scheduler.after(delay, task);
  }

  private void cancelNext() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  /** One stream; what is heard of it after it was given up means nothing. */
  private final class Call implements StageStream.Listener {
    private @Nullable StageStream own;

    StageStream open() {
      StageStream opened = link.open(this);
      own = opened;
      return opened;
    }

    void send(List<StageSample> batch) {
      if (own != null) {
        own.send(batch);
      }
    }

    void cancel() {
      if (own != null) {
        own.cancel();
      }
    }

    @Override
    public void ready() {
      if (isCurrent() && state == State.CONNECTING) {
        report(this);
      }
    }

    @Override
    public void answered(int refused, String field) {
      if (isCurrent() && state == State.UNANSWERED) {
        StageReports.this.answered(this, refused, field);
      }
    }

    @Override
    public void over(boolean untaken, String why) {
      if (isCurrent()) {
        lost(untaken, why);
      }
    }

    private boolean isCurrent() {
      return own != null && own == stream;
    }
  }
}
