// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page over mutual TLS. */
@Timeout(60)
final class WebTlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    for (String name : List.of("server", "person", "stranger")) {
      makeCertificate(name);
    }
  }

  @Test
  void letsInOnlyWhoItsAuthorityKnows() throws Exception {
    try (WebServer server = WebServer.start(config("server"), path -> Optional.empty(), "{}")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/")).build();

      assertThat(client("person").send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> client("stranger").send(request, HttpResponse.BodyHandlers.ofString()));
    }
  }

  @Test
  void saysWhichFilesItCannotRead() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> WebServer.start(config("nobody"), path -> Optional.empty(), "{}"))
        .withMessageContaining(folder.resolve("nobody.pem").toString());
  }

  private static DashboardConfig config(String name) {
    TlsFiles tls =
        new TlsFiles(
            folder.resolve(name + ".pem"),
            folder.resolve(name + ".key"),
            folder.resolve("person.pem"));
    return new DashboardConfig(true, "localhost", 0, tls, List.of(), Duration.ofMillis(500));
  }

  private static HttpClient client(String name) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store(name), PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store("server").getCertificate("server"));
    TrustManagerFactory peers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    peers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), peers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** With the JDK's own tool; the library classes for it are not public. */
  private static void makeCertificate(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore store = store(name);
    write(name + ".pem", "CERTIFICATE", store.getCertificate(name).getEncoded());
    write(name + ".key", "PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
  }

  private static void write(String name, String type, byte[] encoded) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
