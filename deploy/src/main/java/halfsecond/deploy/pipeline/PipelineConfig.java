// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import halfsecond.common.config.ConfigFiles;
import halfsecond.deploy.client.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of all four services together, and the few values that a pipeline sets itself.
 */
public final class PipelineConfig {

  private static final String ROOT = "halfsecond";
  private static final String MODELS = "halfsecond.asr.models.directory";
  private static final String REFERENCE = "reference.conf";
  private static final Map<Service, String> TARGETS =
      Map.of(
          Service.VAD, "halfsecond.router.vad.target",
          Service.ASR, "halfsecond.router.asr.target",
          Service.MONITOR, "halfsecond.router.monitor.target");

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

  /** Every service on a port that the system chooses, nothing to wait for at the stop. */
  public static Config onFreePorts(Config config) {
    Config changed = config;
    for (Service service : Service.values()) {
      changed = with(changed, portOf(service), 0);
    }
    return changed;
  }

  /** The port that the configuration gives a service; 0 lets the system choose. */
  static int port(Config config, Service service) {
    return config.getInt(portOf(service));
  }

  static Config withPort(Config config, Service service, int port) {
    return with(config, portOf(service), port);
  }

  /** The router finds its backends there. */
  static Config withBackends(Config config, Map<Service, Endpoint> endpoints) {
    Config changed = config;
    for (Map.Entry<Service, String> target : TARGETS.entrySet()) {
      Endpoint endpoint = endpoints.get(target.getKey());
      if (endpoint != null) {
        changed = with(changed, target.getValue(), endpoint.toString());
      }
    }
    return changed;
  }

  /** As a file that another process can read; holds no comments and no origins. */
  static String render(Config config) {
    return config
        .withOnlyPath(ROOT)
        .root()
        .render(ConfigRenderOptions.concise().setFormatted(true));
  }

  private static String portOf(Service service) {
    return ROOT + "." + service.word() + ".server.port";
  }

  private static Config with(Config config, String path, Object value) {
    return config.withValue(path, ConfigValueFactory.fromAnyRef(value, "the pipeline"));
  }
}
