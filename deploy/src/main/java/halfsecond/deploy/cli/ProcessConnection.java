// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.GraphChoice;
import halfsecond.common.lifecycle.Closer;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.trace.SpanCollector;
import halfsecond.deploy.trace.TraceReceiver;
import halfsecond.deploy.view.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The same as {@link EmbeddedConnection} with the services in processes of their own, which send
 * their spans here.
 */
final class ProcessConnection {

  private ProcessConnection() {}

  static Connection start(CommandContext context) throws IOException, InterruptedException {
    Models.ensurePrepared(context, GraphChoice.WHERE_POSSIBLE);
    Path folder = context.home().run("process-" + ProcessHandle.current().pid());
    Closer closer = new Closer();
    try (Progress progress = Progress.start(context.terminal(), "starting the processes")) {
      SpanCollector spans = new SpanCollector();
      TraceReceiver receiver = closer.register(TraceReceiver.start(spans));
      ProcessPipeline pipeline =
          closer.register(
              ProcessPipeline.start(
                  PipelineConfig.onFreePorts(
                      PipelineConfig.load(Optional.empty(), context.home().models())),
                  ProcessPipeline.Options.of(ReplicaCounts.ONE)
                      .withEnvironment(receiver.environment()),
                  folder));
      SpeechClient client = new SpeechClient(Channels.open(pipeline.router(), Optional.empty()));
      progress.update("warming up");
      EmbeddedConnection.warmUp(client);
      return new Connection(client, Optional.of(spans), pipeline.endpoints(), closer::close);
    } catch (IOException | InterruptedException | RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }
}
