// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.GraphChoice;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.WireFormat;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.trace.SpanCollector;
import halfsecond.deploy.view.Progress;
import halfsecond.speech.v1.RecognitionConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Prepares the models, starts the four services in this process, and connects to the router. */
final class EmbeddedConnection {

  private EmbeddedConnection() {}

  static Connection start(CommandContext context) throws IOException, InterruptedException {
    Models.ensurePrepared(context, GraphChoice.WHERE_POSSIBLE);
    try (Progress progress = Progress.start(context.terminal(), "starting the services")) {
      SpanCollector spans = new SpanCollector();
      EmbeddedPipeline pipeline =
          EmbeddedPipeline.start(
              PipelineConfig.onFreePorts(
                  PipelineConfig.load(Optional.empty(), context.home().models())),
              List.of(spans));
      try {
        SpeechClient client = new SpeechClient(Channels.open(pipeline.router(), Optional.empty()));
        progress.update("warming up");
        warmUp(client);
        return new Connection(client, Optional.of(spans), pipeline.endpoints(), pipeline::close);
      } catch (IOException | InterruptedException | RuntimeException e) {
        pipeline.close();
        throw e;
      }
    }
  }

  /**
   * A second of silence takes every connection up and every class in that the first utterance would
   * otherwise wait for.
   */
  static void warmUp(SpeechClient client) throws IOException, InterruptedException {
    byte[] silence = new byte[(int) WireFormat.LINEAR16_16K.bytesIn(Duration.ofSeconds(1))];
    client.transcribe(
        AudioSource.of(WireFormat.LINEAR16_16K, silence),
        RecognitionConfig.getDefaultInstance(),
        done -> {});
  }
}
