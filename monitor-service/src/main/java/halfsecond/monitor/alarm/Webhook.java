// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts notifications to a URL as JSON. What is not taken (anything but a 2xx status) is sent again
 * after a pause that doubles each time, up to ten times, about a quarter of an hour in all; then it
 * is given up and logged. So it is while more than a thousand wait. Safe for use by any thread;
 * never waits.
 */
public final class Webhook implements BiConsumer<Notification, Runnable> {
  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final int ATTEMPTS = 10;
  private static final int MOST_WAITING = 1_000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final HttpClient client;
  private final Settings settings;
  private final Function<Notification, String> body;
  private final Scheduler scheduler;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Where to.
   *
   * @param authorization value of that header
   * @param timeout of one attempt
   */
  public record Settings(URI url, Optional<Secret> authorization, Duration timeout) {}

  /**
   * @param body of a notification
   * @param scheduler owned by the caller
   */
  public Webhook(Settings settings, Function<Notification, String> body, Scheduler scheduler) {
    this.settings = settings;
    this.body = body;
    this.scheduler = scheduler;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Posts.
   *
   * @param taken run when it was taken, and never if it is given up; must return at once
   */
  @Override
  public void accept(Notification notification, Runnable taken) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      LOG.atError()
          .addKeyValue("alarm", notification.alarm().id())
          .log("too many notifications wait for the webhook, this one is dropped");
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.apply(notification)));
    settings.authorization().ifPresent(it -> request.header("Authorization", it.value()));
    send(request.build(), notification.alarm().id(), taken, 1);
  }

  private void send(HttpRequest request, String alarm, Runnable taken, int attempt) {
    var unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .handle(
                (response, thrown) -> {
                  if (response != null && response.statusCode() / 100 == 2) {
                    waiting.decrementAndGet();
                    taken.run();
                  } else {
                    String why =
                        response == null ? thrown.toString() : "status " + response.statusCode();
                    failed(request, alarm, taken, attempt, why);
                  }
                  return null;
                });
  }

  private void failed(HttpRequest request, String alarm, Runnable taken, int attempt, String why) {
    boolean again = attempt < ATTEMPTS;
    (again ? LOG.atWarn() : LOG.atError())
        .addKeyValue("alarm", alarm)
        .addKeyValue("attempt", attempt)
        .addKeyValue("error", why)
        .log(again ? "webhook failed, will be tried again" : "webhook failed, given up");
    if (!again) {
      waiting.decrementAndGet();
      return;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
    Scheduler.Timer unused = scheduler.after(pause, () -> send(request, alarm, taken, attempt + 1));
  }
}
