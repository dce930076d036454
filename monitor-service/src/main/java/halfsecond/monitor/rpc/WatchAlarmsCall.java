// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.State;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * One client that watches alarms. It is only told that something changed and asks the desk when the
 * client can take more, so a slow one costs nothing and gets the newest.
 */
final class WatchAlarmsCall {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  private final AlarmDesk desk;
  private final InstantSource clock;
  private final Predicate<TrackedAlarm> filter;
  private final Set<State> states;
  private final ServerCallStreamObserver<WatchAlarmsResponse> client;
  private final SerialExecutor sequence;
  private final Runnable listener = this::changed;
  private final Watchers watchers;

  // Touched in the sequence only.
  private long seen;
  private Instant sent;
  private boolean over;

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  WatchAlarmsCall(
      WatchAlarmsRequest request,
      AlarmDesk desk,
      InstantSource clock,
      ServerCallStreamObserver<WatchAlarmsResponse> client,
      Executor pool,
      Watchers watchers) {
    this.desk = desk;
    this.clock = clock;
    this.filter = AlarmReader.filter(request.getFilter());
    this.states = AlarmReader.states(request.getFilter());
    this.client = client;
    this.sequence = new SerialExecutor(pool, this::fail);
    this.watchers = watchers;
    this.seen = request.getResumeAfter();
    this.sent = clock.instant();
  }

  /** Must be called before the handler of the call returns. Throws if there are too many. */
  void begin() {
    watchers.add(this);
    client.setOnReadyHandler(this::changed);
    client.setOnCancelHandler(() -> sequence.execute(this::end));
    desk.onChange(listener);
    sequence.execute(this::first);
  }

  /** To be called every few seconds. */
  void tick() {
    sequence.execute(
        () -> {
          if (!over && client.isReady() && !clock.instant().isBefore(sent.plus(SIGN_OF_LIFE))) {
            send(WatchAlarmsResponse.newBuilder().setSequence(seen).build());
          }
        });
  }

  void drain() {
    sequence.execute(
        () -> fail(new SpeechException(Reason.DRAINING, "the monitor is shutting down")));
  }

  private void changed() {
    sequence.execute(this::go);
  }

  private void first() {
    if (seen == 0) {
      long now = desk.lastChange();
      Set<State> open = EnumSet.of(State.PENDING, State.FIRING, State.SILENCED);
      desk.changedAfter(0).stream()
          .filter(alarm -> open.contains(alarm.state()) && states.contains(alarm.state()))
          .filter(filter)
          .filter(alarm -> alarm.sequence() <= now)
          .forEach(alarm -> send(event(alarm, Alarm.State.STATE_UNSPECIFIED)));
      seen = now;
    } else if (!desk.remembers(seen)) {
      throw new SpeechException(
          Reason.STATE_CONFLICT, "resume_after is older than what is kept; list, then watch anew");
    }
    go();
  }

  private void go() {
    if (over || !client.isReady()) {
      return;
    }
    for (TrackedAlarm alarm : desk.changedAfter(seen)) {
      if (!client.isReady()) {
        return;
      }
      seen = alarm.sequence();
      boolean wanted =
          states.contains(alarm.state()) || alarm.before().filter(states::contains).isPresent();
      if (wanted && filter.test(alarm)) {
        send(
            event(
                alarm,
                alarm.before().map(AlarmWriter::state).orElse(Alarm.State.STATE_UNSPECIFIED)));
      }
    }
  }

  private static WatchAlarmsResponse event(TrackedAlarm alarm, Alarm.State before) {
    return WatchAlarmsResponse.newBuilder()
        .setSequence(alarm.sequence())
        .setAlarm(AlarmWriter.write(alarm))
        .setPreviousState(before)
        .build();
  }

  private void send(WatchAlarmsResponse response) {
    client.onNext(response);
    sent = clock.instant();
  }

  private void fail(Throwable thrown) {
    if (!over) {
      end();
      client.onError(Statuses.toException(thrown));
    }
  }

  private void end() {
    if (!over) {
      over = true;
      desk.forget(listener);
      watchers.remove(this);
    }
  }
}
