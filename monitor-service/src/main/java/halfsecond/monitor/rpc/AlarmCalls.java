// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.State;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.ListAlarmsResponse;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.UpdateAlarmResponse;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import halfsecond.monitor.window.TimeSpan;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** The methods about alarms. Safe for use by any thread. */
public final class AlarmCalls {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final AlarmDesk desk;
  private final InstantSource clock;
  private final Executor pool;
  private final Watchers watchers = new Watchers();

  /**
   * @param pool runs the streams of those who watch; owned by the caller
   */
  public AlarmCalls(AlarmDesk desk, InstantSource clock, Executor pool) {
    this.desk = desk;
    this.clock = clock;
    this.pool = pool;
  }

  /** Ends the streams of those who watch, without waiting for them. */
  void drain() {
    watchers.forEach(WatchAlarmsCall::drain);
  }

  /** Gives signs of life to those who watch; to be called every few seconds. */
  void tick() {
    watchers.forEach(WatchAlarmsCall::tick);
  }

  void watch(WatchAlarmsRequest request, ServerCallStreamObserver<WatchAlarmsResponse> client) {
    new WatchAlarmsCall(request, desk, clock, client, pool, watchers).begin();
  }

  ListAlarmsResponse list(ListAlarmsRequest request) {
    Set<State> states = AlarmReader.states(request.getFilter());
    Predicate<TrackedAlarm> filter = AlarmReader.filter(request.getFilter());
    TimeSpan span = request.hasRange() ? Times.span(request.getRange()) : null;
    int asked = Limits.between("page_size", request.getPageSize(), 0, LARGEST_PAGE);
    int size = asked == 0 ? USUAL_PAGE : asked;
    Cursor after = request.getPageToken().isEmpty() ? null : Cursor.read(request.getPageToken());
    List<TrackedAlarm> found =
        desk.all().stream()
            .filter(alarm -> states.contains(alarm.state()))
            .filter(filter)
            .filter(alarm -> span == null || during(alarm.report(), span))
            .filter(alarm -> after == null || after.isBefore(alarm))
            .limit(size + 1L)
            .toList();
    ListAlarmsResponse.Builder response = ListAlarmsResponse.newBuilder();
    found.stream().limit(size).map(AlarmWriter::write).forEach(response::addAlarms);
    if (found.size() > size) {
      response.setNextPageToken(Cursor.of(found.get(size - 1)).write());
    }
    return response.build();
  }

  UpdateAlarmResponse update(UpdateAlarmRequest request) {
    TrackedAlarm updated =
        desk.update(
            request.getAlarmId(),
            request.getEtag().isEmpty() ? null : request.getEtag(),
            AlarmReader.action(request, clock.instant()));
    return UpdateAlarmResponse.newBuilder().setAlarm(AlarmWriter.write(updated)).build();
  }

  private static boolean during(AlarmReport report, TimeSpan span) {
    return report.suspected().isBefore(span.end())
        && report.resolved().map(end -> end.isAfter(span.start())).orElse(true);
  }

  /** The last alarm of a page; alarms that come later stand before it and shift nothing. */
  private record Cursor(Instant suspected, String id) {
    static Cursor of(TrackedAlarm alarm) {
      return new Cursor(alarm.report().suspected(), alarm.id());
    }

    static Cursor read(String token) {
      String[] parts = token.split("~", 2);
      try {
        return new Cursor(Instant.parse(parts[0]), parts[1]);
      } catch (RuntimeException e) {
        throw new SpeechException(Reason.FIELD_INVALID, "page_token is not one of a page", e);
      }
    }

    String write() {
      return suspected + "~" + id;
    }

    boolean isBefore(TrackedAlarm alarm) {
      int order = alarm.report().suspected().compareTo(suspected);
      return order < 0 || (order == 0 && alarm.id().compareTo(id) < 0);
    }
  }
}
