// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.lifecycle.StartException;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.speech.v1.SpeechServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MutualTlsIT {
  @TempDir private static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    makeCertificate("server");
    makeCertificate("client");
    makeCertificate("stranger");
  }

  @Test
  void letsInOnlyWhoItsAuthorityKnows() {
    ServerConfig config =
        new ServerConfig("localhost", 0, files("server", "client"), ServerConfig.loopback().stop());
    try (GrpcServer server =
        GrpcServers.builder(config, Preset.INNER, Telemetry.noop(), Runnable::run)
            .service(TestSpeech.answering())
            .start()) {
      call(new ChannelConfig("localhost", server.port(), files("client", "server")));

      for (TlsFiles wrong :
          new TlsFiles[] {files("stranger", "server"), files("client", "stranger")}) {
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(() -> call(new ChannelConfig("localhost", server.port(), wrong)))
            .extracting(e -> e.getStatus().getCode())
            .isEqualTo(Status.Code.UNAVAILABLE);
      }
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> call(ChannelConfig.loopback(server.port())));
    }
  }

  @Test
  void saysWhichFilesItCannotRead() {
    TlsFiles nowhere = files("nobody", "client");
    ServerConfig config = new ServerConfig("localhost", 0, nowhere, ServerConfig.loopback().stop());

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(
            () ->
                GrpcServers.builder(config, Preset.INNER, Telemetry.noop(), Runnable::run).start())
        .withMessageContaining(nowhere.certificate().toString());
  }

  private static void call(ChannelConfig config) {
    ManagedChannel channel = GrpcChannels.open(config, Telemetry.noop(), Runnable::run);
    try {
      assertThat(
              SpeechServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(30, TimeUnit.SECONDS)
                  .recognize(TestSpeech.request(1)))
          .isNotNull();
    } finally {
      channel.shutdownNow();
    }
  }

  private static TlsFiles files(String own, String peer) {
    return new TlsFiles(
        folder.resolve(own + ".pem"), folder.resolve(own + ".key"), folder.resolve(peer + ".pem"));
  }

  /** Self-signed, so that each is its own authority. */
  private static void makeCertificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    char[] password = "changeit".toCharArray();
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:localhost",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit"))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    write(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    write(name + ".key", "PRIVATE KEY", keys.getKey(name, password).getEncoded());
  }

  private static void write(String file, String type, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
