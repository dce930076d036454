// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.MonitorByClock;
import halfsecond.monitor.MonitorConfig;
import halfsecond.monitor.MonitorServer;
import halfsecond.monitor.rpc.Reporter;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.testing.Browser;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a real monitor: what is reported over gRPC is what people see. */
final class ServedDashboardIT {
  private static final int UTTERANCES = 120;

  private volatile Duration ahead = Duration.ZERO;
  private MonitorServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = MonitorServer.start(config("port = 0"), Telemetry.noop());
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
    Instant now = Instant.now();
    List<UtteranceRecord> records =
        IntStream.range(0, UTTERANCES)
            .mapToObj(
                number ->
                    TestRecords.at(
                            now.minusSeconds(number),
                            number % 12 == 0
                                ? TestRecords.empty("u-" + number)
                                : TestRecords.answered("u-" + number))
                        .build())
            .toList();
    Reporter.named("router-1", channel).batch(records).finish();
    channel.shutdownNow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersInJsonWhatWasReported() throws Exception {
    HttpResponse<String> response = call("GetStageSummary", "{\"stage\":\"STAGE_ASR\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"utteranceCount\":\"" + UTTERANCES + "\"")
        .contains("\"modelVersion\":\"en-small@1\"")
        .contains("\"events\":\"10\",\"trials\":\"120\"");
  }

  @Test
  void showsWhatWasReported() throws Exception {
    try (Browser browser = Browser.start(Path.of("target", "chromium"))) {
      browser.look(1440, 900, false);
      browser.open("http://127.0.0.1:" + server.dashboardPort().orElseThrow() + "/");

      browser.until("document.querySelector('.figure-card') !== null");
      String text = browser.text("document.querySelector('main').textContent");
      assertThat(text).contains("120 utterances in all").contains("10 of 120").contains("300");
      browser.open(
          "http://127.0.0.1:" + server.dashboardPort().orElseThrow() + "/#/models?range=15m");
      browser.until("document.querySelector('table.compare tbody th') !== null");
      assertThat(browser.text("document.querySelector('table.compare tbody').textContent"))
          .contains("en-small@1")
          .contains("8.3");
      browser.screenshot(Path.of("target", "dashboard", "served-models.png"));
    }
  }

  @Test
  void marksTheAlarmOfAMissedObjectiveOnItsMetric() throws Exception {
    reportTwoHoursOfWhichTheEndIsLate();
    String address = "http://127.0.0.1:" + server.dashboardPort().orElseThrow() + "/";
    try (Browser browser = Browser.start(Path.of("target", "chromium"))) {
      browser.look(1440, 900, false);
      browser.open(address + "#/stages/pipeline?range=6h");
      String panel = "document.querySelector(\"[data-panel='pipeline.budget_misses'] ";
      browser.until(panel + ".mark.critical\") !== null");
      assertThat(browser.text(panel + ".plot\").getAttribute('aria-label')"))
          .contains("one alarm marked");
      browser.run(panel + "details\").open = true");
      browser.until(panel + "details td:last-child\") !== null");
      assertThat(browser.text(panel + "details\").textContent")).contains("Latency objective");
      browser.screenshot(Path.of("target", "dashboard", "served-alarm-marks.png"));

      browser.open(address + "#/alarms?range=6h");
      browser.until("document.querySelector('.alarm-line.critical') !== null");
      browser.run("document.querySelector('.alarm-line.critical').click()");
      browser.until("document.querySelectorAll('.evidence').length === 2");
      assertThat(browser.text("document.querySelector('.detail-body').textContent"))
          .contains("Burn rate")
          .contains("times the budget")
          .contains("asr.decode_wait");
      browser.screenshot(Path.of("target", "dashboard", "served-objective.png"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private void reportTwoHoursOfWhichTheEndIsLate() throws InterruptedException {
    server.close();
    server = MonitorByClock.start(config("port = 0"), () -> Instant.now().plus(ahead));
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
    Instant now = Instant.now();
    Reporter reporter = Reporter.named("router-2", channel);
    for (int minute = 130; minute > 0; minute--) {
      Instant at = now.minus(Duration.ofMinutes(minute));
      boolean late = minute <= 15;
      String id = "m-" + minute + "-";
      reporter.batch(
          IntStream.range(0, 30)
              .mapToObj(
                  number ->
                      TestRecords.at(
                              at.plusSeconds(2L * number),
                              late
                                  ? TestRecords.cut(id + number)
                                  : TestRecords.answered(id + number))
                          .build())
              .toList());
    }
    reporter.finish();
    channel.shutdownNow();
    // They are judged at the end of the minute.
    ahead = Duration.ofMinutes(1);
  }

  @Test
  void closingTheMonitorEndsThePage() throws Exception {
    int port = server.dashboardPort().orElseThrow();

    server.close();

    assertThat(catchConnect(port)).isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void canBeTurnedOff() {
    try (MonitorServer without = MonitorServer.start(config("enabled = false"), Telemetry.noop())) {
      assertThat(without.dashboardPort()).isEmpty();
    }
  }

  private static Throwable catchConnect(int port) {
    return org.assertj.core.api.Assertions.catchThrowable(
        () -> new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port).close());
  }

  private HttpResponse<String> call(String method, String body) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:"
                + server.dashboardPort().orElseThrow()
                + "/halfsecond.monitor.v1.MonitorService/"
                + method);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static MonitorConfig config(String dashboard) {
    return MonitorConfig.load(
        ConfigFactory.parseString(
                "halfsecond.monitor { server.port = 0, dashboard { " + dashboard + " } }")
            .withFallback(ConfigFactory.load()));
  }
}
