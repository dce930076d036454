// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.SpeechClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which router to talk to: a running one, or one that starts inside this process. */
final class ConnectionOptions {

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description =
          "A running router, e.g. 127.0.0.1:7600. Default: start the services in this process.")
  private @Nullable Endpoint server;

  @Mixin private final TlsOptions tls = new TlsOptions();

  Connection open(CommandContext context) throws IOException, InterruptedException {
    if (server == null) {
      return EmbeddedConnection.start(context);
    }
    return new Connection(new SpeechClient(tls.open(server)), Optional.empty(), Map.of(), () -> {});
  }
}
