// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.drive.DriveSettings;
import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.schedule.Arrivals;
import halfsecond.loadtest.search.EarlyStopping;
import halfsecond.loadtest.targets.TargetOptions;
import halfsecond.loadtest.targets.TargetOptions.Urgency;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that makes load is told. */
final class LoadOptions {
  private static final String SHOWN = "Default: ${DEFAULT-VALUE}.";

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "A server that runs already. Without it one is started for the measurement.")
  private @Nullable String address;

  @Option(
      names = "--corpus",
      paramLabel = "NAME|FOLDER",
      defaultValue = "builtin",
      description = {
        "What is spoken: builtin, recorded, or a folder of WAV files with a transcripts.txt.",
        SHOWN
      })
  private String corpus = "";

  @Option(
      names = "--arrivals",
      defaultValue = "poisson",
      description = {"poisson (independent speakers) or fixed (equal gaps).", SHOWN})
  private Arrivals arrivals = Arrivals.POISSON;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = {"The same seed makes the same schedule.", SHOWN})
  private long seed;

  @Option(
      names = "--chunk",
      converter = DurationConverter.class,
      defaultValue = "20ms",
      description = {"Audio of one message.", SHOWN})
  private Duration chunk = Duration.ZERO;

  @Option(
      names = "--endpointing",
      converter = DurationConverter.class,
      defaultValue = "200ms",
      description = {
        "What a client waits after the end of speech where the server does not find it.",
        SHOWN
      })
  private Duration endpointing = Duration.ZERO;

  @Option(
      names = "--connections",
      defaultValue = "4",
      description = {"To begin with; more are opened when a server wants more.", SHOWN})
  private int connections;

  @Option(
      names = "--class",
      paramLabel = "live|batch",
      defaultValue = "live",
      description = {"Of the traffic, where the server tells classes apart.", SHOWN})
  private Urgency urgency = Urgency.LIVE;

  @Option(
      names = "--model",
      paramLabel = "NAME@VERSION",
      description = "A model version, where the server lets clients choose.")
  private @Nullable String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Configuration of a server that is started; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--bound",
      converter = DurationConverter.class,
      defaultValue = "500ms",
      description = {"On the final latency, from the end of speech to the final.", SHOWN})
  private Duration bound = Duration.ZERO;

  @Option(
      names = "--percentile",
      defaultValue = "99",
      description = {"Of the queries that must hold the bound.", SHOWN})
  private double percentile;

  @Option(
      names = "--confidence",
      defaultValue = "0.99",
      description = {"That the percentile holds.", SHOWN})
  private double confidence;

  @Option(
      names = "--warm-up",
      converter = DurationConverter.class,
      defaultValue = "20s",
      description = {"A little load before the first run, not counted; 0 for none.", SHOWN})
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--word-ends",
      description = {
        "Also measure from where the recognizer hears the end of the last word, as some figures",
        "are published. Hears the corpus first, which takes a fortieth of its length."
      })
  private boolean wordEnds;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "For report.json, report.html and the histogram logs. Default: loadtest-DATE.")
  private @Nullable Path output;

  String corpus() {
    return corpus;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  long seed() {
    return seed;
  }

  Duration bound() {
    return bound;
  }

  Duration warmUp() {
    return warmUp;
  }

  boolean wordEnds() {
    return wordEnds;
  }

  Optional<Path> output() {
    return Optional.ofNullable(output);
  }

  EarlyStopping rule() {
    return new EarlyStopping(percentile, confidence);
  }

  Bound reported() {
    return new Bound(percentile, bound.toNanos() / 1e6, confidence);
  }

  DriveSettings driving() {
    return DriveSettings.defaults().with(chunk, endpointing);
  }

  TargetOptions target() {
    return new TargetOptions(
        Optional.ofNullable(address),
        connections,
        Optional.empty(),
        urgency,
        Optional.ofNullable(model),
        chunk,
        settings);
  }

  /** As the report shows them. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("corpus", corpus);
    shown.put("arrivals", arrivals.word());
    shown.put("seed", Long.toString(seed));
    shown.put("chunk", chunk.toMillis() + " ms");
    shown.put("client endpointing", endpointing.toMillis() + " ms");
    shown.put("connections", Integer.toString(connections));
    settings.forEach(shown::put);
    return shown;
  }
}
