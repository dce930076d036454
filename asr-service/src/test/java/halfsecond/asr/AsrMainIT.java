// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.lifecycle.ServiceMain;
import halfsecond.testing.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AsrMainIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path empty;

  @Test
  void saysWhatToRunWhenThereIsNoModel() {
    ForkedJvm.Result result =
        ForkedJvm.run(AsrMain.class, LIMIT, List.of("-Dhalfsecond.asr.models.directory=" + empty));

    assertThat(result.exitCode()).isEqualTo(ServiceMain.CRASH);
    assertThat(result.output())
        .contains("there is no model in")
        .contains("halfsecond model prepare")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhatToRunWhenAModelIsMissing() {
    ForkedJvm.Result result =
        ForkedJvm.run(
            AsrMain.class,
            LIMIT,
            List.of(
                "-Dhalfsecond.asr.models.directory=" + empty,
                "-Dhalfsecond.asr.models.load.0=en-small@1"));

    assertThat(result.exitCode()).isEqualTo(ServiceMain.CRASH);
    assertThat(result.output()).contains("en-small@1 cannot be loaded").contains("model prepare");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(ForkedJvm.run(AsrMain.class, LIMIT, List.of(), "--nonsense").exitCode())
        .isEqualTo(ServiceMain.BAD_USAGE);
    assertThat(
            ForkedJvm.run(AsrMain.class, LIMIT, List.of("-Dhalfsecond.asr.decode.threads=-1"))
                .exitCode())
        .isEqualTo(ServiceMain.BAD_CONFIG);
  }

  @Test
  void printsItsConfiguration() {
    ForkedJvm.Result result =
        ForkedJvm.run(
            AsrMain.class, LIMIT, List.of("-Dhalfsecond.asr.decode.threads=3"), "--print-config");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("halfsecond.asr.decode.threads = ").contains("7602");
  }

  @Test
  void drainsAndEndsCleanlyWhenToldTo() {
    List<String> options =
        List.of(
            "-Dhalfsecond.asr.models.directory=" + TestModels.catalogue().root(),
            "-Dhalfsecond.asr.models.load.0=" + TestModels.FAST,
            "-Dhalfsecond.asr.server.port=0",
            "-Dlog.level=INFO");
    try (ForkedJvm jvm = ForkedJvm.start(AsrMain.class, options)) {
      jvm.awaitOutput("started", LIMIT);
      jvm.terminate();
      ForkedJvm.Result result = jvm.awaitExit(LIMIT);

      assertThat(result.exitCode()).as(result.output()).isZero();
    }
  }
}
