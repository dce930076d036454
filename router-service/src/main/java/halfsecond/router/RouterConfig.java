// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import com.typesafe.config.Config;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.TelemetryConfig;
import halfsecond.router.admission.MeasuredCost;
import halfsecond.router.replay.ReplayLimits;
import halfsecond.router.rpc.EdgeLimits;
import halfsecond.router.rpc.PoolConfig;
import halfsecond.router.session.AnswerShares;
import halfsecond.router.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Configuration of the service; {@code reference.conf} documents every key.
 *
 * @param monitor absent when nothing is reported
 */
public record RouterConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    PoolConfig vad,
    PoolConfig asr,
    Optional<Monitor> monitor,
    Models models,
    MeasuredCost.Settings admission,
    Recognition recognition,
    AnswerShares shares,
    Replay replay,
    EdgeLimits edge,
    SessionLimits session,
    Capacity capacity) {
  /** The section that it is read from. */
  public static final String SECTION = "halfsecond.router";

  /**
   * Where utterance records go, and what the router measures.
   *
   * @param queue records that may wait
   */
  public record Monitor(ReportConfig reports, int queue) {}

  /**
   * Which version answers.
   *
   * @param defaultModel what an empty request means
   * @param versions full version by name
   */
  public record Models(String defaultModel, Map<String, String> versions, Duration watchInterval) {
    public Models {
      versions = Map.copyOf(versions);
    }
  }

  /** How streams to recognition are opened. */
  public record Recognition(
      Duration hypothesisInterval, Duration liveBackstop, Duration batchBackstop) {}

  /**
   * What is kept for replays, and how many there may be.
   *
   * @param retryBudget the share of utterances that may be replayed for slowness or saturation
   * @param memoryBytes what the audio of all sessions may take before new ones are refused
   */
  public record Replay(ReplayLimits limits, double retryBudget, long memoryBytes) {}

  /** How many sessions, and how often their limits of time are checked. */
  public record Capacity(int maxSessions, Duration checkInterval) {}

  /**
   * Reads section {@value #SECTION}.
   *
   * @throws ConfigException listing everything that is wrong
   */
  public static RouterConfig load(Config root) {
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
    RouterConfig unused = reader.finish(() -> from(reader));
    return reader.render();
  }

  private static RouterConfig from(ConfigReader reader) {
    ConfigReader limits = reader.section("limits");
    ConfigReader budget = reader.section("budget");
    ConfigReader recognition = reader.section("recognition");
    return new RouterConfig(
        ServerConfig.from(reader.section("server")),
        TelemetryConfig.from(reader.section("telemetry")),
        PoolConfig.from(reader.section("vad")),
        PoolConfig.from(reader.section("asr")),
        monitor(reader.section("monitor")),
        models(reader.section("models")),
        admission(reader.section("admission")),
        recognition(recognition),
        shares(budget, recognition),
        replay(reader.section("replay"), limits),
        new EdgeLimits(
            (int) limits.bytes("streamed-message", 1024, 1 << 20),
            (int) limits.bytes("clip", 1024, 2 << 20),
            seconds(limits, "clip-duration", 600),
            millis(limits, "config-within", 10, 60_000),
            millis(budget, "default", 200, 5_000)),
        session(limits),
        new Capacity(
            limits.integer("max-sessions", 1, 100_000),
            millis(limits, "check-interval", 10, 1_000)));
  }

  private static AnswerShares shares(ConfigReader budget, ConfigReader recognition) {
    return new AnswerShares(
        millis(budget, "deliver-share", 1, 1_000),
        millis(budget, "answer-guard", 0, 500),
        millis(recognition, "late-answer", 0, 60_000));
  }

  private static Replay replay(ConfigReader reader, ConfigReader limits) {
    return new Replay(
        new ReplayLimits(
            millis(reader, "final-within", 200, 10_000),
            millis(reader, "hang-after", 200, 10_000),
            millis(reader, "quarantine", 0, 86_400_000)),
        reader.decimal("retry-budget", 0, 1),
        limits.bytes("replay-memory", 1 << 20, 1L << 40));
  }

  private static SessionLimits session(ConfigReader limits) {
    return new SessionLimits(
        seconds(limits, "live-session", 3_600),
        seconds(limits, "batch-session", 86_400),
        millis(limits, "silence", 10, 600_000),
        millis(limits, "unread-output", 10, 600_000),
        seconds(limits, "max-utterance", 30),
        millis(limits, "ring", 2_000, 60_000),
        millis(limits, "max-unjudged", 300, 10_000),
        millis(limits, "max-unforwarded", 300, 10_000),
        limits.integer("utterances-in-flight", 1, 10),
        millis(limits, "detector-stall", 100, 60_000),
        millis(limits, "detector-history", 0, 20_000),
        millis(limits, "closing", 100, 600_000),
        millis(limits, "batch-closing", 100, 3_600_000),
        millis(limits, "drain-notice", 0, 60_000));
  }

  private static Optional<Monitor> monitor(ConfigReader reader) {
    Monitor monitor =
        new Monitor(ReportConfig.required(reader), reader.integer("queue", 1, 1_000_000));
    return reader.flag("enabled") ? Optional.of(monitor) : Optional.empty();
  }

  private static Models models(ConfigReader reader) {
    List<String> versions = reader.strings("versions");
    boolean wellFormed = versions.stream().allMatch(version -> version.matches("[^@]+@[^@]+"));
    Map<String, String> byName =
        wellFormed
            ? versions.stream()
                .collect(
                    Collectors.toMap(RouterConfig::name, Function.identity(), (one, other) -> ""))
            : Map.of();
    if (!wellFormed || byName.containsValue("")) {
      reader.problem("versions", "must hold one name@version for each name");
    }
    return new Models(
        reader.string("default"), byName, millis(reader, "watch-interval", 50, 10_000));
  }

  private static String name(String version) {
    return version.substring(0, version.indexOf('@'));
  }

  private static MeasuredCost.Settings admission(ConfigReader reader) {
    return new MeasuredCost.Settings(
        reader.decimal("utilization", 0.1, 1),
        reader.decimal("batch-utilization", 0.05, 1),
        millis(reader, "max-backlog", 10, 10_000));
  }

  private static Recognition recognition(ConfigReader reader) {
    return new Recognition(
        millis(reader, "hypothesis-interval", 20, 300),
        seconds(reader, "live-backstop", 3_600),
        seconds(reader, "batch-backstop", 3_600));
  }

  /** Whole seconds from one. */
  private static Duration seconds(ConfigReader reader, String key, long most) {
    return duration(reader, key, Duration.ofSeconds(1), Duration.ofSeconds(most));
  }

  private static Duration millis(ConfigReader reader, String key, long least, long most) {
    return duration(reader, key, Duration.ofMillis(least), Duration.ofMillis(most));
  }

  private static Duration duration(ConfigReader reader, String key, Duration min, Duration max) {
    return reader.duration(key, min, max);
  }
}
