// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import com.typesafe.config.Config;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.RecognizerPool;
import halfsecond.asr.rpc.TranscribeLimits;
import halfsecond.asr.serving.ServingLimits;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.TelemetryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of the service; {@code reference.conf} documents every key.
 *
 * @param server where it listens and how it stops
 * @param telemetry what it exposes about itself
 * @param monitor where it reports what it measures; absent when nothing is reported
 * @param catalogue directory of the model versions
 * @param load versions to load at the start; empty means all prepared ones
 * @param serving what bounds the loaded models
 * @param decode how clips are decoded
 * @param transcribe what callers are granted
 */
public record AsrConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    Optional<ReportConfig> monitor,
    Path catalogue,
    List<ModelId> load,
    ServingLimits serving,
    DecodeConfig decode,
    TranscribeLimits transcribe) {
  /** The section that it is read from. */
  public static final String SECTION = "halfsecond.asr";

  private static final int MOST_CLIPS = 10_000;

  public AsrConfig {
    load = List.copyOf(load);
  }

  /**
   * Reads section {@value #SECTION}.
   *
   * @throws ConfigException listing everything that is wrong
   */
  public static AsrConfig load(Config root) {
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

  private static AsrConfig from(ConfigReader reader) {
    ConfigReader models = reader.section("models");
    ConfigReader decode = reader.section("decode");
    return new AsrConfig(
        ServerConfig.from(reader.section("server")),
        TelemetryConfig.from(reader.section("telemetry")),
        ReportConfig.from(reader.section("monitor")),
        models.path("directory"),
        ids(models),
        serving(models, decode.section("recognizers")),
        DecodeConfig.from(decode),
        new TranscribeLimits(
            decode.integer("max-clips", 1, MOST_CLIPS),
            decode.duration("max-silence", Duration.ofMillis(100), Duration.ofMinutes(10))));
  }

  private static ServingLimits serving(ConfigReader models, ConfigReader recognizers) {
    return new ServingLimits(
        new RecognizerPool.Limits(
            recognizers.integer("max-idle", 0, MOST_CLIPS),
            recognizers.integer("max-clips", 1, 1_000_000),
            recognizers.duration("max-age", Duration.ofSeconds(1), Duration.ofDays(1))),
        models.duration("phrase-model-idle", Duration.ZERO, Duration.ofDays(1)),
        models.bytes("memory-reserve", 0, Long.MAX_VALUE));
  }

  private static List<ModelId> ids(ConfigReader models) {
    try {
      return models.strings("load").stream().map(ModelId::parse).toList();
    } catch (IllegalArgumentException e) {
      models.problem("load", "must be a list of model versions like en-small@2");
      return List.of();
    }
  }
}
