// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import com.typesafe.config.Config;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.config.Secret;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.TelemetryConfig;
import halfsecond.monitor.alarm.AlarmSettings;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.judge.JudgeSettings;
import halfsecond.monitor.objective.ObjectiveSettings;
import halfsecond.monitor.store.PostgresConfig;
import halfsecond.monitor.store.StoreConfig;
import halfsecond.monitor.store.StoreConfig.Kind;
import halfsecond.monitor.web.DashboardConfig;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.monitor.window.WindowLayout.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of one monitor; {@code reference.conf} says what each key means.
 *
 * @param remembered records that are recognized when they come again
 * @param reporters streams of reporters that may be open
 * @param traceBytes of recent traces that are kept
 */
public record MonitorConfig(
    ServerConfig server,
    TelemetryConfig telemetry,
    WindowLayout windows,
    SeriesLimits series,
    BudgetShares shares,
    StoreConfig store,
    int remembered,
    int reporters,
    long traceBytes,
    JudgeSettings judge,
    ObjectiveSettings objectives,
    AlarmSettings alarms,
    DashboardConfig dashboard) {
  /** The section of the configuration. */
  public static final String PATH = "halfsecond.monitor";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  /**
   * Reads {@value #PATH}.
   *
   * @throws ConfigException listing all that is wrong with it
   */
  public static MonitorConfig load(Config root) {
    return from(ConfigReader.of(root, PATH));
  }

  /**
   * The effective values of {@value #PATH}, one a line with where each comes from.
   *
   * @throws ConfigException listing all that is wrong with it
   */
  public static String render(Config root) {
    ConfigReader reader = ConfigReader.of(root, PATH);
    MonitorConfig unused = from(reader);
    return reader.render();
  }

  static MonitorConfig from(ConfigReader reader) {
    return reader.finish(
        () ->
            new MonitorConfig(
                ServerConfig.from(reader.section("server")),
                TelemetryConfig.from(reader.section("telemetry")),
                windows(reader.section("windows")),
                series(reader.section("series")),
                shares(reader.section("budget-shares")),
                store(reader.section("store")),
                reader.integer("remembered-records", 1_000, 16_000_000),
                reader.integer("max-reporters", 1, 4_000),
                reader.section("traces").bytes("kept-bytes", 0, 4L << 30),
                JudgeSettings.from(reader.section("judge")),
                ObjectiveSettings.from(reader.section("objectives")),
                AlarmSettings.from(reader.section("alarms")),
                DashboardConfig.from(reader.section("dashboard"))));
  }

  private static WindowLayout windows(ConfigReader reader) {
    return new WindowLayout(
        List.of(
            new Level(
                reader.duration("fine", SECOND, HOUR), reader.duration("fine-kept", SECOND, DAY)),
            new Level(
                reader.duration("coarse", SECOND, DAY),
                reader.duration("coarse-kept", SECOND, LONGEST)),
            new Level(
                reader.duration("old", SECOND, DAY), reader.duration("kept", HOUR, LONGEST))));
  }

  private static SeriesLimits series(ConfigReader reader) {
    return new SeriesLimits(
        reader.integer("max-model-versions", 1, 100),
        reader.integer("max-cohort-values", 1, 1_000),
        reader.integer("max-cohort-series", 1, 10_000));
  }

  private static StoreConfig store(ConfigReader reader) {
    Kind kind = reader.enumeration("kind", Kind.class);
    Optional<Path> directory = reader.optionalPath("directory");
    ConfigReader postgres = reader.section("postgres");
    Optional<String> url = postgres.optionalString("url");
    Optional<String> user = postgres.optionalString("user");
    Optional<Secret> password = postgres.optionalSecret("password");
    if (kind == Kind.POSTGRES && url.isEmpty()) {
      reader.problem("postgres", "must have a url when kind is postgres");
    }
    return new StoreConfig(
        kind == Kind.EMBEDDED ? directory : Optional.empty(),
        kind == Kind.POSTGRES
            ? url.map(server -> new PostgresConfig(server, user, password))
            : Optional.empty(),
        reader.duration("kept", HOUR, Duration.ofDays(400)),
        reader.whole("max-records", 1_000, 1_000_000_000),
        reader.whole("max-records-in-memory", 1_000, 10_000_000));
  }

  private static BudgetShares shares(ConfigReader reader) {
    return new BudgetShares(
        reader.decimal("vad", 0, 1),
        reader.decimal("route", 0, 1),
        reader.decimal("asr", 0, 1),
        reader.decimal("deliver", 0, 1));
  }
}
