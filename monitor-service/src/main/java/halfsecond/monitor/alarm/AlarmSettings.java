// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done with alarms; {@code reference.conf} says what each key means.
 *
 * @param kept alarms that are over
 * @param webhook empty without one
 */
public record AlarmSettings(int kept, Duration remindAfter, Optional<Webhook.Settings> webhook) {
  /**
   * Reads the section.
   *
   * @throws ConfigException through the reader, listing all that is wrong
   */
  public static AlarmSettings from(ConfigReader reader) {
    return new AlarmSettings(
        reader.integer("kept", 1, 100_000),
        reader.duration("remind-after", Duration.ofMinutes(1), Duration.ofDays(30)),
        webhook(reader.section("webhook")));
  }

  private static Optional<Webhook.Settings> webhook(ConfigReader reader) {
    Optional<URI> url = reader.optionalString("url").flatMap(text -> url(reader, text));
    var authorization = reader.optionalSecret("authorization");
    Duration timeout = reader.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
    return url.map(it -> new Webhook.Settings(it, authorization, timeout));
  }

  private static Optional<URI> url(ConfigReader reader, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    reader.problem("url", "must be an http or https URL, for example https://example.org/hook");
    return Optional.empty();
  }
}
