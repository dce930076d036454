// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import halfsecond.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MatrixKernelsIT {
  /** Loads the engine while OpenBLAS says on stderr what it was told to take. */
  static final class Loading {
    public static void main(String[] args) {
      Function.getFunction("c", "setenv").invokeInt(new Object[] {"OPENBLAS_VERBOSE", "2", 1});
      System.out.println("models: " + new VoskEngine().liveModels());
    }
  }

  @Test
  void theLibraryHearsOfTheChoice() throws IOException {
    assumeTrue(Platform.isLinux() && "x86-64".equals(Platform.ARCH), "chosen on Linux x86-64 only");
    Optional<String> suited = MatrixKernels.suited(Files.readString(Path.of("/proc/cpuinfo")));
    assumeTrue(suited.isPresent(), "this processor's choice is left to OpenBLAS");

    ForkedJvm.Result result = ForkedJvm.run(Loading.class, Duration.ofMinutes(1), List.of());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("Core: " + suited.get(), "models: 0");
  }
}
