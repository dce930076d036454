// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import com.google.protobuf.util.Durations;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.Pipeline;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
import io.grpc.ManagedChannel;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pipelines on free ports, in the shapes that a user can start them in. The caller closes them. */
final class Pipelines {

  private Pipelines() {}

  static EmbeddedPipeline inOneJvm() {
    return inOneJvm(List.of());
  }

  /**
   * @param spans told of every span
   */
  static EmbeddedPipeline inOneJvm(List<SpanProcessor> spans) {
    return EmbeddedPipeline.start(config(Map.of()), spans);
  }

  /**
   * @param overrides configuration by path
   */
  static EmbeddedPipeline inOneJvm(Map<String, Object> overrides) {
    return EmbeddedPipeline.start(config(overrides), List.of());
  }

  static ProcessPipeline inProcesses(String name) throws IOException, InterruptedException {
    return inProcesses(name, Map.of());
  }

  /**
   * @param name of the folder below {@code target/e2e} for the processes' output
   * @param overrides configuration by path
   */
  static ProcessPipeline inProcesses(String name, Map<String, Object> overrides)
      throws IOException, InterruptedException {
    return inProcesses(name, overrides, ReplicaCounts.ONE);
  }

  /**
   * @param counts processes of each service; the others as above
   */
  static ProcessPipeline inProcesses(
      String name, Map<String, Object> overrides, ReplicaCounts counts)
      throws IOException, InterruptedException {
    return inProcesses(name, overrides, ProcessPipeline.Options.of(counts));
  }

  /** The same with everything that may be chosen. */
  static ProcessPipeline inProcesses(
      String name, Map<String, Object> overrides, ProcessPipeline.Options options)
      throws IOException, InterruptedException {
    return ProcessPipeline.start(config(overrides), options, Path.of("target", "e2e", name));
  }

  /** The caller closes it. */
  static SpeechClient client(Pipeline pipeline) {
    return new SpeechClient(channel(pipeline, Service.ROUTER));
  }

  /** The caller shuts it down. */
  static ManagedChannel channel(Pipeline pipeline, Service service) {
    return channel(pipeline.endpoint(service));
  }

  /** The caller shuts it down. */
  static ManagedChannel channel(Endpoint endpoint) {
    try {
      return Channels.open(endpoint, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long millis(com.google.protobuf.Duration duration) {
    return Durations.toMillis(duration);
  }

  private static Config config(Map<String, Object> overrides) {
    Config defaults = PipelineConfig.load(Optional.empty(), TestModels.catalogue());
    return PipelineConfig.onFreePorts(
        ConfigFactory.parseMap(overrides)
            .withFallback(ConfigFactory.parseMap(TestModels.ONE_VERSION))
            .withFallback(defaults));
  }
}
