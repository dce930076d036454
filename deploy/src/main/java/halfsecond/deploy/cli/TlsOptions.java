// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.Endpoint;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What it takes to speak to a server on another machine. */
final class TlsOptions {

  /** All three or none. */
  private static final class Files {
    @Option(
        names = "--tls-ca",
        required = true,
        paramLabel = "PEM",
        description = "Certificates that the server's must be signed by.")
    private Path authority = Path.of("");

    @Option(
        names = "--tls-certificate",
        required = true,
        paramLabel = "PEM",
        description = "This client's certificate.")
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "PEM",
        description = "This client's private key (PKCS#8, no password).")
    private Path privateKey = Path.of("");
  }

  @ArgGroup(exclusive = false)
  private @Nullable Files files;

  /** Opens a channel; what stands in the way is said as a failure of the command. */
  ManagedChannel open(Endpoint endpoint) {
    Files given = files;
    Optional<Channels.Tls> tls =
        given == null
            ? Optional.empty()
            : Optional.of(new Channels.Tls(given.authority, given.certificate, given.privateKey));
    try {
      return Channels.open(endpoint, tls);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, e.getMessage() + ": use --tls-ca, --tls-certificate and --tls-key", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CONFIG, "TLS files cannot be read: " + e.getMessage(), e);
    }
  }
}
