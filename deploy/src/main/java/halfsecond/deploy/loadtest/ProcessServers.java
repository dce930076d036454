// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.loadtest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.Replica;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.loadtest.targets.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The services in processes of their own, with the configuration that {@code halfsecond serve}
 * would use, on free ports. For one thread.
 */
public final class ProcessServers implements Servers {
  /** As {@code halfsecond serve} runs them. */
  private static final ReplicaCounts SUITE = new ReplicaCounts(2, 1);

  private static final ReplicaCounts ROUTER = new ReplicaCounts(0, 1);
  private static final String ASR_TARGET = "halfsecond.router.asr.target";

  private final Preparation preparation;
  private final Path models;
  private final Path folder;
  private int started;

  /** What must be done before models can be used. */
  @FunctionalInterface
  public interface Preparation {
    /** Makes models ready; quick when they are. */
    void prepare() throws IOException, InterruptedException;
  }

  /**
   * @param preparation called before models are used
   * @param models the catalogue of models
   * @param folder where the servers' configuration and output go; created when missing
   */
  public ProcessServers(Preparation preparation, Path models, Path folder) {
    this.preparation = preparation;
    this.models = models;
    this.folder = folder;
  }

  @Override
  public Path models() throws IOException, InterruptedException {
    preparation.prepare();
    return models;
  }

  @Override
  public Running suite(Map<String, String> settings) throws IOException, InterruptedException {
    preparation.prepare();
    return start(config(settings), SUITE);
  }

  @Override
  public Running router(String asrTarget, Map<String, String> settings)
      throws IOException, InterruptedException {
    Config config =
        config(settings).withValue(ASR_TARGET, ConfigValueFactory.fromAnyRef(asrTarget));
    return start(config, ROUTER);
  }

  private Running start(Config config, ReplicaCounts counts)
      throws IOException, InterruptedException {
    return new Processes(
        ProcessPipeline.start(config, ProcessPipeline.Options.of(counts), nextFolder()));
  }

  private Config config(Map<String, String> settings) {
    Config own = PipelineConfig.onFreePorts(PipelineConfig.load(Optional.empty(), models));
    // Parsed as a file's text would be, so that numbers and lists are what they look like.
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return ConfigFactory.parseString(text.toString()).withFallback(own).resolve();
  }

  private Path nextFolder() {
    started++;
    return folder.resolve("servers-" + started);
  }

  private record Processes(ProcessPipeline pipeline) implements Running {
    @Override
    public String router() {
      return pipeline.router().toString();
    }

    @Override
    public Map<String, Long> processes() {
      Map<String, Long> ids = new LinkedHashMap<>();
      for (Replica replica : pipeline.replicas()) {
        ids.put(replica.name(), pipeline.process(replica).pid());
      }
      return ids;
    }

    @Override
    public void close() {
      pipeline.close();
    }
  }
}
