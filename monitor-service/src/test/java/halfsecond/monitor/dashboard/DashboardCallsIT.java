// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page's port answers, over real sockets. */
final class DashboardCallsIT {
  private static final String SERVICE = "halfsecond.monitor.v1.MonitorService/";

  private final HttpClient client = HttpClient.newHttpClient();
  private ScriptedMonitor monitor;
  private ScriptedDashboard dashboard;

  @BeforeEach
  void start() {
    monitor = new ScriptedMonitor();
    dashboard = new ScriptedDashboard(monitor, 0);
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html",
    "main.js, text/javascript",
    "views/alarms.js, text/javascript",
    "base.css, text/css",
    "icon.svg, image/svg",
    "settings.json, application/json"
  })
  void servesThePageToItselfOnly(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith(type);
    assertThat(response.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(response.body()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "missing.js",
    "../reference.conf",
    "..%2freference.conf",
    "views/",
    "WebServer.class",
    "views/../main.js"
  })
  void servesNothingElse(String path) throws Exception {
    assertThat(raw("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void aFileThatIsKnownIsNotSentAgain() throws Exception {
    String tag = get("main.js").headers().firstValue("etag").orElseThrow();

    HttpResponse<String> again =
        client.send(
            request("main.js").header("If-None-Match", tag).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void callsAMethod() throws Exception {
    HttpResponse<String> response =
        call("ListMetrics", "{}", "Origin", "http://127.0.0.1:" + dashboard.port());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"metric\":\"asr.null_transcripts\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetUtterance   | {\"utteranceId\":\"none\"} | 404 | NOT_FOUND",
        "GetUtterance   | {\"utterance\":1}          | 400 | FIELD_INVALID",
        "GetUtterance   | nonsense                   | 400 | FIELD_INVALID",
        "UpdateAlarm    | {\"alarmId\":\"alarm-7\",\"etag\":\"0\"} | 400 | STATE_CONFLICT"
      })
  void anErrorHasItsReason(String method, String body, int status, String reason) throws Exception {
    HttpResponse<String> response = call(method, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body())
        .contains("\"reason\":\"" + reason + "\"")
        .contains("google.rpc.ErrorInfo");
  }

  @Test
  void aMethodThatIsNotServedSaysSo() throws Exception {
    monitor.withhold("QuerySeries");

    assertThat(call("QuerySeries", "{}").statusCode()).isEqualTo(501);
  }

  @ParameterizedTest
  @CsvSource({"ReportUtterances", "ReportFeedback", "SetThreshold", "DeclareMetric", "Nothing"})
  void methodsThatAreNotForPagesAreNotThere(String method) throws Exception {
    assertThat(call(method, "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void streamsAlarmsLineByLine() throws Exception {
    HttpResponse<InputStream> response =
        client.send(post("WatchAlarms", "{}").build(), HttpResponse.BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine())
          .startsWith("{\"result\":{\"sequence\":\"1\"")
          .contains("alarm-7");
      assertThat(lines.readLine()).contains("alarm-6");
      monitor.put(monitor.alarm("alarm-5").toBuilder().setTitle("again").build());
      assertThat(lines.readLine()).contains("alarm-5").contains("again");
    }
    await().until(() -> monitor.watching() == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evil.example                    | 421",
        "evil.example:7680               | 421",
        "127.0.0.1.evil.example          | 421",
        "localhost                       | 200",
        "LOCALHOST:1234                  | 200",
        "[::1]:7680                      | 200",
        "127.0.0.1                       | 200"
      })
  void answersUnderItsOwnNamesOnly(String host, int status) throws Exception {
    String response = raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(response).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void wantsExactlyOneHost() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n"))
        .doesNotContain(" 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, https://127.0.0.1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void otherPagesCannotCall(String header, String value) throws Exception {
    assertThat(call("ListMetrics", "{}", header, value).statusCode()).isEqualTo(403);
  }

  @Test
  void aFormOfAnotherPageCannotCall() throws Exception {
    HttpRequest form =
        request(SERVICE + "ListMetrics")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(client.send(form, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  @Test
  void refusesWhatIsTooLargeOrNotARequest() throws Exception {
    assertThat(call("ListMetrics", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(
            raw(
                "OPTIONS /"
                    + SERVICE
                    + "ListMetrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .doesNotContainIgnoringCase("access-control");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(dashboard.address() + path));
  }

  private HttpRequest.Builder post(String method, String body) {
    return request(SERVICE + method)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> call(String method, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = post(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Bytes as no client library would send them. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), dashboard.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
