// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import com.typesafe.config.Config;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.TelemetryConfig;
import halfsecond.vad.endpoint.EndpointingSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Configuration of the service; {@code reference.conf} documents every key.
 *
 * @param server where it listens and how it stops
 * @param telemetry what it exposes about itself
 * @param monitor where it reports what it measures; absent when nothing is reported
 * @param maxStreams streams that may be open at once
 * @param endpointing what streams get that ask for nothing else
 */
public record VadConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    Optional<ReportConfig> monitor,
    int maxStreams,
    EndpointingSettings endpointing) {
  /** The section that it is read from. */
  public static final String SECTION = "halfsecond.vad";

  private static final int MOST_STREAMS = 10_000;
  private static final int HIGHEST_MODE = 3;

  /**
   * Reads section {@value #SECTION}.
   *
   * @throws ConfigException listing everything that is wrong
   */
  public static VadConfig load(Config root) {
    ConfigReader reader = ConfigReader.of(root, SECTION);
    return reader.finish(() -> from(reader));
  }

  /**
   * The effective values of section {@value #SECTION}, one a line with where each comes from.
   *
   * @throws ConfigException listing everything that is wrong
   */
  public static String render(Config root) {
    ConfigReader reader = ConfigReader.of(root, SECTION);
    reader.finish(() -> from(reader));
    return reader.render();
  }

  private static VadConfig from(ConfigReader reader) {
    return new VadConfig(
        ServerConfig.from(reader.section("server")),
        TelemetryConfig.from(reader.section("telemetry")),
        ReportConfig.from(reader.section("monitor")),
        reader.integer("max-streams", 1, MOST_STREAMS),
        endpointing(reader.section("endpointing")));
  }

  private static EndpointingSettings endpointing(ConfigReader reader) {
    int aggressiveness = reader.integer("aggressiveness", 0, HIGHEST_MODE);
    Duration frame = millis(reader, "frame", 10, 30);
    Duration onset = millis(reader, "onset", 10, 500);
    Duration onsetWindow = millis(reader, "onset-window", 10, 1000);
    Duration minSpeech = millis(reader, "min-speech", 0, 1000);
    Duration preRoll = millis(reader, "pre-roll", 0, 1000);
    Duration hangover = millis(reader, "hangover", 100, 2000);
    Duration trailingPadding = millis(reader, "trailing-padding", 0, 2000);
    Duration maxUtterance = millis(reader, "max-utterance", 1000, 30_000);
    try {
      return new EndpointingSettings(
          aggressiveness,
          frame,
          onset,
          onsetWindow,
          minSpeech,
          preRoll,
          hangover,
          trailingPadding,
          maxUtterance);
    } catch (SpeechException e) {
      // Limits between two keys; here the operator broke them, not a client.
      throw new IllegalArgumentException("endpointing: " + e.text(), e);
    }
  }

  private static Duration millis(ConfigReader reader, String key, long least, long most) {
    return reader.duration(key, Duration.ofMillis(least), Duration.ofMillis(most));
  }
}
