// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.lifecycle.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("side-by-side")
class EmbeddedPipelineIT {

  private static Config config(String overrides) {
    Path models = TestModels.prepared();
    return ConfigFactory.parseString(overrides)
        .withFallback(PipelineConfig.onFreePorts(PipelineConfig.load(Optional.empty(), models)));
  }

  @Test
  void freesItsPortsWhenClosed() throws Exception {
    EmbeddedPipeline pipeline = EmbeddedPipeline.start(config(""), List.of());
    pipeline.close();

    for (Service service : Service.values()) {
      assertThat(canListen(pipeline.endpoint(service).port())).as(service.word()).isTrue();
    }
  }

  @Test
  void stopsWhatHasStartedWhenAPortIsTaken() throws Exception {
    int monitorPort;
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      monitorPort = first.getLocalPort();
      first.close();
      Config config =
          config(
              "halfsecond.monitor.server.port = "
                  + monitorPort
                  + "\nhalfsecond.router.server.port = "
                  + second.getLocalPort());

      assertThatThrownBy(() -> EmbeddedPipeline.start(config, List.of()))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(Integer.toString(second.getLocalPort()));
    }
    assertThat(canListen(monitorPort)).isTrue();
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
