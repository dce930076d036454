// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.Reports;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.Acknowledge;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Alarm.State;
import halfsecond.monitor.v1.AlarmFilter;
import halfsecond.monitor.v1.Annotate;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.ListAlarmsResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.Silence;
import halfsecond.monitor.v1.Snooze;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.metrics.MeterProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms over the contract, in-process. */
final class AlarmsTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));

  private volatile Instant now = Reports.NOW;
  private final AlarmDesk desk = new AlarmDesk(() -> now, AlarmArchive.NONE, 1_000);
  private final ExecutorService pool = NamedThreads.fixed("test-alarms", 2);
  private final UtteranceWindows windows =
      new UtteranceWindows(
          LAYOUT, new SeriesLimits(4, 4, 40), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final MonitorMetrics metrics =
      new MonitorMetrics(MeterProvider.noop().get("test"), windows::seriesCount);
  private final Store store = TestStores.open(TestStores.inMemory(), () -> now);
  private final MonitorGrpcService service =
      new TestServices(windows, LAYOUT, store, () -> now, pool).service(desk, metrics, 1);
  private Server server;
  private ManagedChannel channel;
  private MonitorServiceGrpc.MonitorServiceBlockingStub stub;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(pool)
            .addService(service)
            .intercept(new ErrorInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
    stub = MonitorServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    pool.shutdownNow();
    store.close();
    metrics.close();
  }

  /** One who watches. */
  private static final class Watcher implements StreamObserver<WatchAlarmsResponse> {
    final List<WatchAlarmsResponse> events = new CopyOnWriteArrayList<>();
    volatile @Nullable Status ended;

    @Override
    public void onNext(WatchAlarmsResponse event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable thrown) {
      ended = Status.fromThrowable(thrown);
    }

    @Override
    public void onCompleted() {
      ended = Status.OK;
    }
  }

  private Watcher watch(WatchAlarmsRequest request) {
    Watcher watcher = new Watcher();
    MonitorServiceGrpc.newStub(channel).watchAlarms(request, watcher);
    return watcher;
  }

  private ListAlarmsResponse list(AlarmFilter filter) {
    return stub.listAlarms(ListAlarmsRequest.newBuilder().setFilter(filter).build());
  }

  @Test
  void writesAllThatIsKnown() {
    desk.report(Reports.ofPhone("a", "vad.clip_seconds", 0));

    Alarm alarm = list(AlarmFilter.getDefaultInstance()).getAlarms(0);

    assertThat(alarm.getAlarmId()).isEqualTo("a");
    assertThat(alarm.getState()).isEqualTo(State.STATE_FIRING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_VAD);
    assertThat(alarm.getCohort().getValue()).isEqualTo("phone-9");
    assertThat(alarm.getTitle()).isEqualTo("vad.clip_seconds rose");
    assertThat(alarm.getEvidence(0).getTest()).isEqualTo(TestKind.TEST_KIND_CUSUM);
    assertThat(alarm.getEvidence(0).getCurrent().getCount()).isEqualTo(120);
    assertThat(alarm.getEvidence(0).getCurrent().getDistribution().getMean()).isEqualTo(2.25);
    assertThat(alarm.getEvidence(0).getReference().getDistribution().getMean()).isEqualTo(1.5);
    assertThat(alarm.getAttribution().getMix()).isEqualTo(0.041);
    assertThat(alarm.getAttribution().getStrata(0).getDescription()).isEqualTo("short");
    assertThat(alarm.hasFiringTime()).isTrue();
    assertThat(alarm.hasResolvedTime()).isFalse();
  }

  @Test
  void listsWhatTheFilterAsksFor() {
    desk.report(Reports.firing("a", "m", 0));
    desk.report(Reports.pending("b", "n", 1));
    desk.report(Reports.resolved(Reports.ofPhone("c", "m", 2), 9));

    assertThat(ids(AlarmFilter.newBuilder().addStates(State.STATE_FIRING))).containsExactly("a");
    assertThat(ids(AlarmFilter.newBuilder().setMetric("m"))).containsExactly("c", "a");
    assertThat(ids(AlarmFilter.newBuilder().setStage(Stage.STAGE_ASR))).isEmpty();
    assertThat(ids(AlarmFilter.newBuilder())).containsExactly("c", "b", "a");
  }

  private List<String> ids(AlarmFilter.Builder filter) {
    return list(filter.build()).getAlarmsList().stream().map(Alarm::getAlarmId).toList();
  }

  @Test
  void listsWhatWasOnInARange() {
    desk.report(Reports.resolved(Reports.firing("early", "m", 0), 10));
    desk.report(Reports.firing("on", "n", 5));

    ListAlarmsResponse later =
        stub.listAlarms(
            ListAlarmsRequest.newBuilder()
                .setRange(
                    Times.range(
                        new TimeSpan(Reports.NOW.plusSeconds(20), Reports.NOW.plusSeconds(30))))
                .build());

    assertThat(later.getAlarmsList()).extracting(Alarm::getAlarmId).containsExactly("on");
  }

  @Test
  void pagesWithoutShiftingWhileAlarmsArrive() {
    for (int i = 0; i < 5; i++) {
      desk.report(Reports.firing("a" + i, "m" + i, i));
    }
    ListAlarmsResponse first = page("");
    desk.report(Reports.firing("new", "x", 60));
    ListAlarmsResponse second = page(first.getNextPageToken());
    ListAlarmsResponse third = page(second.getNextPageToken());

    assertThat(first.getAlarmsList()).extracting(Alarm::getAlarmId).containsExactly("a4", "a3");
    assertThat(second.getAlarmsList()).extracting(Alarm::getAlarmId).containsExactly("a2", "a1");
    assertThat(third.getAlarmsList()).extracting(Alarm::getAlarmId).containsExactly("a0");
    assertThat(third.getNextPageToken()).isEmpty();
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> page("nonsense"));
  }

  private ListAlarmsResponse page(String token) {
    return stub.listAlarms(
        ListAlarmsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
  }

  @Test
  void recordsWhatPeopleDo() {
    desk.report(Reports.firing("a", "m", 0));
    Alarm seen =
        stub.updateAlarm(
                update().setAcknowledge(Acknowledge.newBuilder().setComment("mine")).build())
            .getAlarm();
    assertThat(seen.getAcknowledgement().getActor()).isEqualTo("eve");
    assertThat(seen.getAnnotations(0).getText()).isEqualTo("mine");

    Alarm snoozed =
        stub.updateAlarm(
                update()
                    .setEtag(seen.getEtag())
                    .setSnooze(
                        Snooze.newBuilder().setUntilTime(Times.timestamp(now.plusSeconds(60))))
                    .build())
            .getAlarm();
    assertThat(Times.instant("", snoozed.getSnoozedUntil())).isEqualTo(now.plusSeconds(60));

    Alarm silenced =
        stub.updateAlarm(
                update()
                    .setSilence(
                        Silence.newBuilder()
                            .setUntilTime(Times.timestamp(now.plusSeconds(60)))
                            .setComment("known"))
                    .build())
            .getAlarm();
    assertThat(silenced.getState()).isEqualTo(State.STATE_SILENCED);
    assertThat(Times.instant("", silenced.getSilence().getUntilTime()))
        .isEqualTo(now.plusSeconds(60));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        () ->
            stub.updateAlarm(
                update()
                    .setEtag(seen.getEtag())
                    .setAcknowledge(Acknowledge.getDefaultInstance())
                    .build()));
  }

  private static UpdateAlarmRequest.Builder update() {
    return UpdateAlarmRequest.newBuilder().setAlarmId("a").setActor("eve");
  }

  static List<UpdateAlarmRequest.Builder> wrong() {
    return List.of(
        update(),
        update().setActor(" ").setAcknowledge(Acknowledge.getDefaultInstance()),
        update().setActor("x".repeat(101)).setAcknowledge(Acknowledge.getDefaultInstance()),
        update().setAcknowledge(Acknowledge.newBuilder().setComment("x".repeat(2_001))),
        update().setAnnotate(Annotate.getDefaultInstance()),
        update().setSnooze(Snooze.getDefaultInstance()),
        update().setSnooze(Snooze.newBuilder().setUntilTime(Times.timestamp(Reports.NOW))),
        update()
            .setSnooze(
                Snooze.newBuilder()
                    .setUntilTime(Times.timestamp(Reports.NOW.plus(Duration.ofDays(31))))),
        update()
            .setSilence(
                Silence.newBuilder()
                    .setUntilTime(Times.timestamp(Reports.NOW.plus(Duration.ofDays(1))))));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesWhatIsNotValid(UpdateAlarmRequest.Builder request) {
    desk.report(Reports.firing("a", "m", 0));

    assertRefused(Status.Code.INVALID_ARGUMENT, () -> stub.updateAlarm(request.build()));
  }

  @Test
  void watchersSeeWhatIsOnFirstAndThenWhatChanges() {
    desk.report(Reports.resolved(Reports.firing("over", "m", 0), 5));
    desk.report(Reports.firing("on", "n", 1));
    Watcher watcher = watch(WatchAlarmsRequest.getDefaultInstance());
    await("what is on").until(() -> watcher.events.size() == 1);
    assertThat(watcher.events.get(0).getAlarm().getAlarmId()).isEqualTo("on");
    assertThat(watcher.events.get(0).getPreviousState()).isEqualTo(State.STATE_UNSPECIFIED);

    desk.report(Reports.resolved(Reports.firing("on", "n", 1), 20));
    await("its end").until(() -> watcher.events.size() == 2);

    WatchAlarmsResponse end = watcher.events.get(1);
    assertThat(end.getAlarm().getState()).isEqualTo(State.STATE_RESOLVED);
    assertThat(end.getPreviousState()).isEqualTo(State.STATE_FIRING);
    assertThat(end.getSequence()).isGreaterThan(watcher.events.get(0).getSequence());
  }

  @Test
  void watchersSeeTheEndOfWhatTheyAskedFor() {
    Watcher watcher =
        watch(
            WatchAlarmsRequest.newBuilder()
                .setFilter(AlarmFilter.newBuilder().addStates(State.STATE_FIRING).setMetric("m"))
                .build());
    desk.report(Reports.firing("other", "n", 0));
    desk.report(Reports.pending("a", "m", 0));
    desk.report(Reports.firing("a", "m", 0));
    await("the alarm").until(() -> !watcher.events.isEmpty());
    desk.report(Reports.resolved(Reports.firing("a", "m", 0), 20));

    await("its end")
        .until(
            () ->
                watcher.events.stream()
                    .anyMatch(it -> it.getAlarm().getState() == State.STATE_RESOLVED));
    assertThat(watcher.events).allMatch(event -> event.getAlarm().getMetric().equals("m"));
  }

  @Test
  void goesOnAfterWhatWasSeen() {
    desk.report(Reports.firing("a", "m", 0));
    long seen = desk.lastChange();
    desk.report(Reports.firing("b", "n", 0));

    Watcher watcher = watch(WatchAlarmsRequest.newBuilder().setResumeAfter(seen).build());
    await("the missed one").until(() -> watcher.events.size() == 1);
    assertThat(watcher.events.get(0).getAlarm().getAlarmId()).isEqualTo("b");

    Watcher late = watch(WatchAlarmsRequest.newBuilder().setResumeAfter(7).build());
    await("the refusal").until(() -> late.ended != null);
    assertThat(code(late)).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void givesSignsOfLife() {
    Watcher watcher = watch(WatchAlarmsRequest.getDefaultInstance());
    desk.report(Reports.firing("a", "m", 0));
    await("the alarm").until(() -> watcher.events.size() == 1);
    service.tick();
    now = now.plusSeconds(31);
    service.tick();

    await("the sign of life").until(() -> watcher.events.size() == 2);
    assertThat(watcher.events.get(1).hasAlarm()).isFalse();
    assertThat(watcher.events.get(1).getSequence()).isEqualTo(watcher.events.get(0).getSequence());
  }

  @Test
  void endsWhenTheMonitorDoes() {
    Watcher watcher = watch(WatchAlarmsRequest.getDefaultInstance());
    desk.report(Reports.firing("a", "m", 0));
    await("the alarm").until(() -> watcher.events.size() == 1);

    service.drain();

    await("the end").until(() -> watcher.ended != null);
    assertThat(code(watcher)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private static Status.@Nullable Code code(Watcher watcher) {
    Status ended = watcher.ended;
    return ended == null ? null : ended.getCode();
  }

  private static void assertRefused(
      Status.Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .satisfies(thrown -> assertThat(thrown.getStatus().getCode()).isEqualTo(code));
  }
}
