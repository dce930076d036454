// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, driven over its debugging protocol. For one thread. What it
 * refuses or does not answer within a minute fails the test.
 */
public final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Struct>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Browser(Process process, int port) throws Exception {
    this.process = process;
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    ListValue.Builder targets = ListValue.newBuilder();
    JsonFormat.parser()
        .merge(client.send(list, HttpResponse.BodyHandlers.ofString()).body(), targets);
    String address =
        targets.getValuesList().stream()
            .map(target -> target.getStructValue().getFieldsMap())
            .filter(target -> text(target.get("type")).equals("page"))
            .map(target -> text(target.get("webSocketDebuggerUrl")))
            .findFirst()
            .orElseThrow();
    this.socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .get(30, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /**
   * Skips the test, or fails it where tools are required, when there is no browser.
   *
   * @param folder to keep its profile in
   */
  public static Browser start(Path folder) throws Exception {
    Path program = Tools.require("chromium");
    Path profile =
        Files.createTempDirectory(Files.createDirectories(folder), "profile").toAbsolutePath();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output").toFile())
            .start();
    try {
      Path file = profile.resolve("DevToolsActivePort");
      await()
          .atMost(LIMIT)
          .until(() -> Files.isReadable(file) && Files.readString(file).contains("\n"));
      return new Browser(process, Integer.parseInt(Files.readAllLines(file).get(0)));
    } catch (Exception | Error e) {
      end(process);
      throw e;
    }
  }

  /** Sets the window's size in CSS pixels, and what the system prefers. */
  public void look(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            number(width),
            "height",
            number(height),
            "deviceScaleFactor",
            number(1),
            "mobile",
            Value.newBuilder().setBoolValue(false).build()));
    Value scheme = feature("prefers-color-scheme", dark ? "dark" : "light");
    Value motion = feature("prefers-reduced-motion", "reduce");
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            Value.newBuilder()
                .setListValue(ListValue.newBuilder().addValues(scheme).addValues(motion))
                .build()));
  }

  /** Loads an address anew, forgetting what was complained about before. */
  public void open(String address) {
    send("Page.navigate", Map.of("url", string("about:blank")));
    complaints.clear();
    send("Page.navigate", Map.of("url", string(address)));
  }

  /** Runs a script in the page; its value is awaited if it is a promise. */
  public void run(String script) {
    evaluate(script);
  }

  /** The text that an expression in the page gives, or promises; empty for anything else. */
  public String text(String expression) {
    return text(evaluate(expression));
  }

  /** The number that an expression in the page gives, or promises; 0 for anything else. */
  public double number(String expression) {
    return evaluate(expression).getNumberValue();
  }

  /** Whether an expression in the page is, or promises, {@code true}. */
  public boolean holds(String expression) {
    return evaluate(expression).getBoolValue();
  }

  private Value evaluate(String expression) {
    Value yes = Value.newBuilder().setBoolValue(true).build();
    Struct result =
        send(
            "Runtime.evaluate",
            Map.of("expression", string(expression), "awaitPromise", yes, "returnByValue", yes));
    if (result.containsFields("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.getFieldsOrThrow("exceptionDetails"));
    }
    return result
        .getFieldsOrThrow("result")
        .getStructValue()
        .getFieldsOrDefault("value", Value.getDefaultInstance());
  }

  /** Waits up to a minute until an expression is true. */
  public void until(String expression) {
    await(expression)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> holds(expression));
  }

  /** Presses and releases a key, e.g. {@code Tab} or {@code a}. */
  public void press(String key) {
    int code =
        Map.of(
                "Tab",
                9,
                "Enter",
                13,
                "Escape",
                27,
                "ArrowLeft",
                37,
                "ArrowRight",
                39,
                "Home",
                36,
                "End",
                35)
            .getOrDefault(key, 0);
    Map<String, Value> common =
        Map.of("key", string(key), "code", string(key), "windowsVirtualKeyCode", number(code));
    Map<String, Value> down = new HashMap<>(common);
    down.put("type", string("keyDown"));
    if (key.length() == 1 || key.equals("Enter")) {
      down.put("text", string(key.equals("Enter") ? "\r" : key));
    }
    send("Input.dispatchKeyEvent", down);
    Map<String, Value> up = new HashMap<>(common);
    up.put("type", string("keyUp"));
    send("Input.dispatchKeyEvent", up);
  }

  /** A picture (PNG) of the whole page, not only of what is in the window. */
  public void screenshot(Path file) throws IOException {
    screenshot(file, true);
  }

  /** A picture (PNG) of what is in the window. */
  public void screenshotOfWindow(Path file) throws IOException {
    screenshot(file, false);
  }

  private void screenshot(Path file, boolean whole) throws IOException {
    Struct taken =
        send(
            "Page.captureScreenshot",
            Map.of("captureBeyondViewport", Value.newBuilder().setBoolValue(whole).build()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(text(taken.getFieldsOrThrow("data"))));
  }

  /** What the page complained about since it was opened. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Addresses that were asked for since the browser was started. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    socket.abort();
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Struct send(String method, Map<String, Value> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<Struct> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    Struct message =
        Struct.newBuilder()
            .putFields("id", number(id))
            .putFields("method", string(method))
            .putFields(
                "params",
                Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putAllFields(parameters))
                    .build())
            .build();
    try {
      String json = JsonFormat.printer().omittingInsignificantWhitespace().print(message);
      socket.sendText(json, true).get(30, TimeUnit.SECONDS);
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | TimeoutException | InvalidProtocolBufferException e) {
      throw new AssertionError(method + " was not answered", e);
    }
  }

  private void received(Struct message) {
    Map<String, Value> fields = message.getFieldsMap();
    Value id = fields.get("id");
    if (id != null) {
      CompletableFuture<Struct> answer = waiting.remove((int) id.getNumberValue());
      if (answer != null) {
        Value error = fields.get("error");
        if (error == null) {
          answer.complete(message.getFieldsOrThrow("result").getStructValue());
        } else {
          answer.completeExceptionally(new AssertionError(error.toString()));
        }
      }
      return;
    }
    Struct parameters = message.getFieldsOrThrow("params").getStructValue();
    switch (text(fields.get("method"))) {
      case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> {
        if (text(parameters.getFieldsMap().get("type")).matches("error|warning|assert")) {
          complaints.add(parameters.toString());
        }
      }
      case "Log.entryAdded" -> {
        Struct entry = parameters.getFieldsOrThrow("entry").getStructValue();
        if (text(entry.getFieldsMap().get("level")).matches("error|warning")) {
          complaints.add(
              text(entry.getFieldsMap().get("text")) + " " + text(entry.getFieldsMap().get("url")));
        }
      }
      case "Network.requestWillBeSent" ->
          requests.add(
              text(
                  parameters
                      .getFieldsOrThrow("request")
                      .getStructValue()
                      .getFieldsMap()
                      .get("url")));
      default -> {
        // Not looked at.
      }
    }
  }

  private static Value feature(String name, String value) {
    return Value.newBuilder()
        .setStructValue(
            Struct.newBuilder().putFields("name", string(name)).putFields("value", string(value)))
        .build();
  }

  private static Value string(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value number(int number) {
    return Value.newBuilder().setNumberValue(number).build();
  }

  private static String text(@Nullable Value value) {
    return value == null ? "" : value.getStringValue();
  }

  /** One message may come in several pieces. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder pieces = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      pieces.append(piece);
      if (last) {
        try {
          Struct.Builder message = Struct.newBuilder();
          JsonFormat.parser().merge(pieces.toString(), message);
          received(message.build());
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(
              "not JSON: "
                  + pieces
                      .chars()
                      .limit(200)
                      .mapToObj(Character::toString)
                      .collect(Collectors.joining()),
              e);
        } finally {
          pieces.setLength(0);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
