// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Acknowledge;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alarm that is on while the monitor is restarted. */
final class MonitorRestartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private HttpServer hook;

  @TempDir private Path folder;

  @BeforeEach
  void listen() throws IOException {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    hook.createContext(
        "/hook",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void stop() {
    hook.stop(0);
  }

  @Test
  void aLackOfCoresStaysTheSameAlarmAndItsEndIsTold() throws Exception {
    Alarm before;
    Instant stopped;
    try (RunningMonitor monitor = start(TestRecords.NOW)) {
      monitor.speak();
      monitor.clock().forward(MINUTE);
      monitor.reportCores("asr-0", 0.01);
      monitor.clock().awaitExchange();
      monitor.clock().forward(Duration.ofMinutes(6));
      Alarm firing = monitor.awaitAlarm(Alarm.State.STATE_FIRING);
      awaitPosted("FIRED");
      before =
          monitor
              .stub()
              .updateAlarm(
                  UpdateAlarmRequest.newBuilder()
                      .setAlarmId(firing.getAlarmId())
                      .setActor("eve")
                      .setAcknowledge(Acknowledge.newBuilder().setComment("looking"))
                      .build())
              .getAlarm();
      stopped = monitor.clock().instant();
    }
    try (RunningMonitor monitor = start(stopped.plusSeconds(20))) {
      Iterator<WatchAlarmsResponse> watched =
          monitor
              .stub()
              .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .watchAlarms(WatchAlarmsRequest.getDefaultInstance());
      Alarm after = watched.next().getAlarm();
      assertThat(after.getState()).isEqualTo(Alarm.State.STATE_FIRING);
      assertSame(before, after);

      monitor.speak();
      monitor.reportCores("asr-0", 0.01);
      // Beyond the time in which it may be found again.
      monitor.clock().forward(Duration.ofSeconds(150));
      monitor.clock().awaitExchange();
      assertSame(before, monitor.awaitAlarm(Alarm.State.STATE_FIRING));

      monitor.reportCores("asr-0", 2);
      monitor.clock().awaitExchange();
      monitor.clock().forward(Duration.ofMinutes(7));
      assertSame(before, monitor.awaitAlarm(Alarm.State.STATE_RESOLVED));
      awaitPosted("RESOLVED");
      WatchAlarmsResponse last = watched.next();
      while (last.getAlarm().getState() != Alarm.State.STATE_RESOLVED) {
        last = watched.next();
      }
      assertSame(before, last.getAlarm());
    }
    assertThat(posted).hasSize(2).allMatch(body -> body.contains(before.getAlarmId()));
  }

  private static void assertSame(Alarm before, Alarm after) {
    assertThat(after.getAlarmId()).isEqualTo(before.getAlarmId());
    assertThat(after.getPendingTime()).isEqualTo(before.getPendingTime());
    assertThat(after.getFiringTime()).isEqualTo(before.getFiringTime());
    assertThat(after.getAcknowledgement()).isEqualTo(before.getAcknowledgement());
    assertThat(after.getAnnotationsList()).isEqualTo(before.getAnnotationsList());
  }

  private void awaitPosted(String event) {
    await("what the webhook is told")
        .atMost(PATIENCE)
        .until(() -> posted.stream().anyMatch(body -> body.contains('"' + event + '"')));
  }

  private RunningMonitor start(Instant now) {
    return new RunningMonitor(
        Map.of(
            "halfsecond.monitor.store.directory",
            folder.resolve("store").toString(),
            "halfsecond.monitor.alarms.webhook.url",
            "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook"),
        now);
  }
}
