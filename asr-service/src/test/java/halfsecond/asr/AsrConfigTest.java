// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.ClipLimits;
import halfsecond.asr.recognition.Scheduling;
import halfsecond.common.config.ConfigException;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ReportConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsrConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    AsrConfig config = load("");

    assertThat(config.server().port()).isEqualTo(7602);
    assertThat(config.server().isLoopback()).isTrue();
    assertThat(config.telemetry().prometheus()).isFalse();
    assertThat(config.telemetry().port()).isEqualTo(9466);
    assertThat(config.monitor()).isEmpty();
    assertThat(config.catalogue()).isEqualTo(Path.of("models"));
    assertThat(config.load()).isEmpty();
    assertThat(config.serving().memoryReserveBytes()).isEqualTo(256L << 20);
    assertThat(config.serving().phraseModelIdle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.serving().pool().maxIdle()).isEqualTo(8);
    assertThat(config.serving().pool().maxClips()).isEqualTo(500);
    assertThat(config.serving().pool().maxAge()).isEqualTo(Duration.ofMinutes(10));
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(config.decode())
        .isEqualTo(
            new DecodeConfig(
                processors,
                Scheduling.DEADLINE,
                Duration.ofSeconds(5),
                new ClipLimits(Duration.ofSeconds(2), 32, processors)));
    assertThat(config.transcribe().maxClips()).isEqualTo(256);
    assertThat(config.transcribe().maxSilence()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void readsEveryKey() {
    AsrConfig config =
        load(
            """
            server { port = 0, drain { grace = 1 s } }
            telemetry.prometheus { enabled = true, port = 9999 }
            monitor { target = "127.0.0.1:7", instance = asr-1, report-interval = 2 s }
            models { directory = /m, load = ["en-small@2", "de@1"], memory-reserve = 1 MiB, phrase-model-idle = 1 s }
            decode {
              threads = 3, cores = 0.5, scheduling = arrival, max-late-clips = 0, hang-limit = 1 m, max-clips = 4, max-backlog = 1 s, max-silence = 2 s
              recognizers { max-idle = 5, max-clips = 6, max-age = 7 s }
            }""");

    assertThat(config.server().port()).isZero();
    assertThat(config.telemetry().port()).isEqualTo(9999);
    assertThat(config.monitor())
        .contains(new ReportConfig(ChannelConfig.loopback(7), "asr-1", Duration.ofSeconds(2)));
    assertThat(config.catalogue()).isEqualTo(Path.of("/m"));
    assertThat(config.load()).containsExactly(ModelId.parse("en-small@2"), ModelId.parse("de@1"));
    assertThat(config.serving().memoryReserveBytes()).isEqualTo(1L << 20);
    assertThat(config.serving().phraseModelIdle()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.decode())
        .isEqualTo(
            new DecodeConfig(
                3,
                Scheduling.ARRIVAL,
                Duration.ofMinutes(1),
                new ClipLimits(Duration.ofSeconds(1), 0, 0.5)));
    assertThat(config.transcribe().maxClips()).isEqualTo(4);
    assertThat(config.transcribe().maxSilence()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.serving().pool().maxIdle()).isEqualTo(5);
    assertThat(config.serving().pool().maxClips()).isEqualTo(6);
    assertThat(config.serving().pool().maxAge()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void takesThreadsForCoresUnlessTold() {
    assertThat(load("decode.threads = 7").decode().clips().cores()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "models.load = [en-small], models.load",
    "models.directory = \"\", models.directory",
    "models.memory-reserve = -1 B, models.memory-reserve",
    "decode.threads = -1, decode.threads",
    "decode.cores = -1, decode.cores",
    "decode.scheduling = fifo, decode.scheduling",
    "decode.max-late-clips = -1, decode.max-late-clips",
    "decode.hang-limit = 1 s, decode.hang-limit",
    "decode.max-clips = 0, decode.max-clips",
    "decode.max-backlog = 10 ms, decode.max-backlog",
    "decode.max-silence = 10, decode.max-silence",
    "decode.recognizers.max-clips = 0, decode.recognizers.max-clips",
    "decode.recogniser = 1, recogniser",
    "monitor.target = nowhere, monitor.target",
    "server.host = 0.0.0.0, server.host"
  })
  void namesWhatIsWrong(String setting, String key) {
    assertThatThrownBy(() -> load(setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  private static AsrConfig load(String settings) {
    return AsrConfig.load(
        ConfigFactory.parseString(AsrConfig.SECTION + " {\n" + settings + "\n}")
            .withFallback(ConfigFactory.load()));
  }
}
