// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookTest {
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final ScheduledExecutorService timer = NamedThreads.timer("test-webhook");
  private HttpServer server;
  private Webhook hook;

  /** Waits for nothing, and remembers how long it should have waited. */
  private Scheduler impatient() {
    Scheduler real = Scheduler.on(timer);
    return new Scheduler() {
      @Override
      public Timer after(Duration delay, Runnable task) {
        pauses.add(delay);
        return real.after(Duration.ZERO, task);
      }

      @Override
      public long nanos() {
        return real.nanos();
      }
    };
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    hook =
        new Webhook(
            new Webhook.Settings(
                url, Optional.of(new Secret("Bearer xyz")), Duration.ofSeconds(10)),
            notification -> notification.kind() + " " + notification.alarm().id(),
            impatient());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    timer.shutdownNow();
  }

  private static Notification fired(String id) {
    AlarmDesk desk = new AlarmDesk(() -> Reports.NOW, AlarmArchive.NONE, 1);
    desk.report(Reports.firing(id, "m", 0));
    return new Notification(Notification.Kind.FIRED, desk.all().get(0), "");
  }

  @Test
  void postsWithTheAuthorization() {
    hook.accept(fired("a"), taken::incrementAndGet);

    await("the post").until(() -> bodies.size() == 1);
    assertThat(bodies).containsExactly("FIRED a");
    assertThat(authorizations).containsExactly("Bearer xyz");
    assertThat(pauses).isEmpty();
  }

  @Test
  void triesAgainAfterPausesThatDouble() {
    failures.set(3);
    hook.accept(fired("a"), taken::incrementAndGet);

    await("the fourth attempt").until(() -> taken.get() == 1);
    assertThat(bodies).hasSize(4);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void givesUpInTheEndAndGoesOnWithTheNext() {
    failures.set(10);
    hook.accept(fired("a"), taken::incrementAndGet);
    await("ten attempts").until(() -> bodies.size() == 10);
    hook.accept(fired("b"), taken::incrementAndGet);

    await("the next one").until(() -> taken.get() == 1);
    assertThat(bodies).hasSize(11).last().isEqualTo("FIRED b");
  }
}
