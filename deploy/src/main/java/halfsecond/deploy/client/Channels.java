// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.common.config.Loopback;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Opens channels to servers named by a person. */
public final class Channels {

  /**
   * What a client shows and trusts in mutual TLS, as PEM files.
   *
   * @param authority certificates that the server's chain must end in
   * @param certificate this client's chain
   * @param privateKey its key, PKCS#8 without a password
   */
  public record Tls(Path authority, Path certificate, Path privateKey) {

    ChannelCredentials credentials() throws IOException {
      return TlsChannelCredentials.newBuilder()
          .trustManager(authority.toFile())
          .keyManager(certificate.toFile(), privateKey.toFile())
          .build();
    }
  }

  private Channels() {}

  /**
   * A channel that connects on first use, owned by the caller. Its pings are as rare as the door
   * demands: an inner channel's would be taken for an attack there.
   *
   * @param tls empty for plain text, which only a server on this machine may be spoken to in
   * @throws IllegalArgumentException when a server elsewhere is named without TLS
   * @throws IOException when the TLS files cannot be read
   */
  public static ManagedChannel open(Endpoint endpoint, Optional<Tls> tls) throws IOException {
    if (tls.isEmpty() && !Loopback.is(endpoint.host())) {
      throw new IllegalArgumentException(
          endpoint + " is not on this machine, and audio leaves it over mutual TLS only");
    }
    ChannelCredentials credentials =
        tls.isPresent() ? tls.get().credentials() : InsecureChannelCredentials.create();
    return Grpc.newChannelBuilderForAddress(endpoint.host(), endpoint.port(), credentials)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .disableRetry()
        .build();
  }
}
