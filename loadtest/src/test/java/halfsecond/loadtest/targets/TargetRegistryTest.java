// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TargetRegistryTest {
  private final TargetOptions options = TargetOptions.defaults();

  @Test
  void listsTheTargetsWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> TargetRegistry.open("riva", options, new Started("127.0.0.1:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("riva")
        .hasMessageContaining(
            "halfsecond, libvosk, null, null-direct, vosk-standin, vosk-websocket");
  }

  @Test
  void startsASuiteWhenNoAddressIsGivenAndStopsItAtTheEnd() throws Exception {
    Started servers = new Started("127.0.0.1:1");

    try (OpenTarget open = TargetRegistry.open("halfsecond", options, servers)) {
      assertThat(open.target().name()).isEqualTo("halfsecond");
      assertThat(open.processes().get()).containsEntry("router", 7L);
      assertThat(servers.calls).containsExactly("suite {}");
    }
    assertThat(servers.calls).containsExactly("suite {}", "stopped");
  }

  @Test
  void usesTheServerThatIsNamedAndLeavesItAlone() throws Exception {
    Started servers = new Started("127.0.0.1:1");

    try (OpenTarget open =
        TargetRegistry.open("halfsecond", options.at("127.0.0.1:7600"), servers)) {
      assertThat(open.target().facts()).containsEntry("server", "127.0.0.1:7600");
      assertThat(open.processes().get()).isEmpty();
    }
    assertThat(servers.calls).isEmpty();
  }

  @Test
  void stopsTheSuiteWhenItCannotBeConnectedTo() {
    Started servers = new Started("no address");

    assertThatThrownBy(() -> TargetRegistry.open("halfsecond", options, servers))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(servers.calls).containsExactly("suite {}", "stopped");
  }

  /** Servers that only say what was asked of them. */
  private record Started(String address, List<String> calls) implements Servers {
    Started(String address) {
      this(address, new ArrayList<>());
    }

    @Override
    public Path models() {
      calls.add("models");
      return Path.of("none");
    }

    @Override
    public Running suite(Map<String, String> settings) {
      calls.add("suite " + settings);
      return running();
    }

    @Override
    public Running router(String asrTarget, Map<String, String> settings) {
      calls.add("router " + asrTarget + " " + settings);
      return running();
    }

    private Running running() {
      return new Running() {
        @Override
        public String router() {
          return address;
        }

        @Override
        public Map<String, Long> processes() {
          return Map.of("router", 7L);
        }

        @Override
        public void close() {
          calls.add("stopped");
        }
      };
    }
  }
}
