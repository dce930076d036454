// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.lifecycle.StartException;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What one side of mutual TLS needs, as PEM files.
 *
 * @param certificate chain of this side
 * @param privateKey of this side, PKCS#8 without a password
 * @param peerAuthority the certificates that the other side's chain must end in
 */
public record TlsFiles(Path certificate, Path privateKey, Path peerAuthority) {

  /**
   * Reads {@code certificate}, {@code private-key} and the key that names the peer's authority.
   *
   * @param authorityKey {@code client-ca} for a server, {@code server-ca} for a channel
   */
  static TlsFiles from(ConfigReader reader, String authorityKey) {
    return new TlsFiles(
        reader.path("certificate"), reader.path("private-key"), reader.path(authorityKey));
  }

  ServerCredentials serverCredentials() {
    try {
      return TlsServerCredentials.newBuilder()
          .keyManager(certificate.toFile(), privateKey.toFile())
          .trustManager(peerAuthority.toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
          .build();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  ChannelCredentials channelCredentials() {
    try {
      return TlsChannelCredentials.newBuilder()
          .keyManager(certificate.toFile(), privateKey.toFile())
          .trustManager(peerAuthority.toFile())
          .build();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private StartException unreadable(IOException e) {
    return new StartException(
        "TLS files cannot be read: check "
            + certificate
            + ", "
            + privateKey
            + " and "
            + peerAuthority,
        e);
  }
}
