// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import halfsecond.common.config.ConfigFiles;
import halfsecond.deploy.client.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration of all four services together, and the few values that a pipeline sets itself.
 */
public final class PipelineConfig {

  /** Of a pipeline in processes, in its folder. */
  static final String FILE = "services.conf";

  private static final String ROOT = "halfsecond";
  private static final String MODELS = "halfsecond.asr.models.directory";
  private static final String DECODE_THREADS = "halfsecond.asr.decode.threads";
  private static final String DECODE_CORES = "halfsecond.asr.decode.cores";
  private static final String STORE = "halfsecond.monitor.store.directory";
  private static final String DASHBOARD = "halfsecond.monitor.dashboard";
  private static final String REFERENCE = "reference.conf";
  private static final Map<Service, String> TARGETS =
      Map.of(
          Service.VAD, "halfsecond.router.vad.target",
          Service.ASR, "halfsecond.router.asr.target",
          Service.MONITOR, "halfsecond.router.monitor.target");

  /** Those that report to the monitor only what they measure about themselves. */
  private static final List<Service> MEASURED = List.of(Service.VAD, Service.ASR);

  private PipelineConfig() {}

  /**
   * What the services' manuals say, overridden by the operator's file.
   *
   * @param models the catalogue of models, unless the file or the environment names another
   * @throws halfsecond.common.config.ConfigException when the file is missing or cannot be read
   */
  public static Config load(Optional<Path> file, Path models) {
    Config loaded = ConfigFiles.load(file);
    boolean untouched = REFERENCE.equals(loaded.getValue(MODELS).origin().resource());
    return untouched ? with(loaded, MODELS, models.toString()) : loaded;
  }

  /** The catalogue of models that recognition will use. */
  public static Path models(Config config) {
    return Path.of(config.getString(MODELS));
  }

  /**
   * The monitor keeps what it knows in this directory, unless the file or the environment names
   * another one. A database elsewhere has no use for it.
   */
  public static Config keepingIn(Config config, Path directory) {
    return config.hasPath(STORE) ? config : with(config, STORE, directory.toString());
  }

  /** Every service on a port that the system chooses, nothing to wait for at the stop. */
  public static Config onFreePorts(Config config) {
    Config changed = config;
    for (Service service : Service.values()) {
      changed = with(changed, portKey(service), 0);
    }
    return with(changed, DASHBOARD + ".port", 0);
  }

  /**
   * Where a browser finds the dashboard; empty when it is turned off, or on a port that is not
   * known before it listens.
   */
  public static Optional<String> dashboard(Config config) {
    Config own = config.getConfig(DASHBOARD);
    int port = own.getInt("port");
    if (!own.getBoolean("enabled") || port == 0) {
      return Optional.empty();
    }
    String scheme = own.hasPath("tls") ? "https" : "http";
    return Optional.of(scheme + "://" + own.getString("host") + ":" + port + "/");
  }

  /** Whether the dashboard is wanted, on a port that the system chooses. */
  static boolean anyDashboardPort(Config config) {
    Config own = config.getConfig(DASHBOARD);
    return own.getBoolean("enabled") && own.getInt("port") == 0;
  }

  static Config withDashboardPort(Config config, int port) {
    return with(config, DASHBOARD + ".port", port);
  }

  /** The port that the configuration gives a service; 0 lets the system choose. */
  public static int port(Config config, Service service) {
    return config.getInt(portKey(service));
  }

  static Config withPort(Config config, Service service, int port) {
    return with(config, portKey(service), port);
  }

  /** The services find each other there. */
  static Config withBackends(Config config, Map<Service, Endpoint> endpoints) {
    Map<Service, List<Endpoint>> single = new EnumMap<>(Service.class);
    endpoints.forEach((service, endpoint) -> single.put(service, List.of(endpoint)));
    return withReplicas(config, single);
  }

  /** The router finds all replicas of its backends there, and its backends the monitor. */
  static Config withReplicas(Config config, Map<Service, List<Endpoint>> endpoints) {
    Config changed = config;
    for (Map.Entry<Service, String> target : TARGETS.entrySet()) {
      List<Endpoint> replicas = endpoints.getOrDefault(target.getKey(), List.of());
      if (!replicas.isEmpty()) {
        String list = replicas.stream().map(Endpoint::toString).collect(Collectors.joining(","));
        changed = with(changed, target.getValue(), list);
      }
    }
    for (Endpoint monitor : endpoints.getOrDefault(Service.MONITOR, List.of())) {
      for (Service service : MEASURED) {
        changed = with(changed, reports(service) + ".target", monitor.toString());
      }
    }
    return changed;
  }

  /** Names the process in reports; empty for those that do not report in this way. */
  static Optional<String> instanceKey(Service service) {
    return MEASURED.contains(service)
        ? Optional.of(reports(service) + ".instance")
        : Optional.empty();
  }

  static Config withInstance(Config config, Service service, String name) {
    return instanceKey(service).map(key -> with(config, key, name)).orElse(config);
  }

  private static String reports(Service service) {
    return ROOT + "." + service.word() + ".monitor";
  }

  /**
   * Each of {@code replicas} processes of recognition decodes with its part of this machine, unless
   * the operator says how much: one replica alone may be left to all of it.
   */
  static Config sharingCores(Config config, int replicas) {
    int cores = Runtime.getRuntime().availableProcessors();
    Config changed = config;
    if (replicas > 1 && config.getInt(DECODE_THREADS) == 0) {
      changed = with(changed, DECODE_THREADS, Math.max(1, (cores + replicas - 1) / replicas));
    }
    if (replicas > 1 && config.getDouble(DECODE_CORES) == 0) {
      changed = with(changed, DECODE_CORES, (double) cores / replicas);
    }
    return changed;
  }

  /** Where a service's metrics are, when it exposes them. */
  static OptionalInt metricsPort(Config config, Service service) {
    String enabled = ROOT + "." + service.word() + ".telemetry.prometheus.enabled";
    return config.getBoolean(enabled)
        ? OptionalInt.of(config.getInt(metricsPortKey(service)))
        : OptionalInt.empty();
  }

  static String metricsPortKey(Service service) {
    return ROOT + "." + service.word() + ".telemetry.prometheus.port";
  }

  /**
   * Where the replicas of the backends of a pipeline listen that runs, or ran last, with this
   * folder; nothing when none did.
   *
   * @throws com.typesafe.config.ConfigException when the folder holds something else
   */
  public static Map<Service, List<Endpoint>> replicasIn(Path folder) {
    Path file = folder.resolve(FILE);
    Map<Service, List<Endpoint>> replicas = new EnumMap<>(Service.class);
    if (Files.isReadable(file)) {
      Config config = ConfigFactory.parseFile(file.toFile());
      TARGETS.forEach(
          (service, target) ->
              replicas.put(
                  service,
                  Stream.of(config.getString(target).split(",", -1))
                      .map(Endpoint::parse)
                      .toList()));
    }
    return replicas;
  }

  /**
   * As a file that another process can read; holds no comments, no origins, and no {@link Secrets}.
   */
  static String render(Config config) {
    return Secrets.removedFrom(config)
        .withOnlyPath(ROOT)
        .root()
        .render(ConfigRenderOptions.concise().setFormatted(true));
  }

  static String portKey(Service service) {
    return ROOT + "." + service.word() + ".server.port";
  }

  private static Config with(Config config, String path, Object value) {
    return config.withValue(path, ConfigValueFactory.fromAnyRef(value, "the pipeline"));
  }
}
