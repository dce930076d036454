// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernels for matrix arithmetic that libvosk's OpenBLAS runs, which take half of the
 * time of recognition. That OpenBLAS knows processors by their model numbers and takes one that
 * came out after it for a Pentium 4: it then multiplies with SSE3 where AVX-512 is there, and
 * recognition costs some 1.6 times as much. So the processor's features decide here, not its
 * number.
 *
 * <p>OpenBLAS reads its choice once, from the environment, when libvosk is loaded. What the
 * operator has set there stays.
 */
final class MatrixKernels {
  /** The variable by which OpenBLAS is told. */
  static final String VARIABLE = "OPENBLAS_CORETYPE";

  private static final Logger LOG = LoggerFactory.getLogger(MatrixKernels.class);
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern VENDOR = Pattern.compile("(?m)^vendor_id\\s*:\\s*(\\S+)");
  private static final Pattern FLAGS = Pattern.compile("(?m)^flags\\s*:\\s*(.*)$");

  private static final Set<String> SKYLAKE =
      Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
  private static final Set<String> HASWELL = Set.of("avx2", "fma");

  private MatrixKernels() {}

  /**
   * Chooses for this process. Must come before libvosk is loaded, later it has no effect; elsewhere
   * than on Linux with an x86-64 processor it does nothing.
   */
  static void choose() {
    if (!Platform.isLinux() || !"x86-64".equals(Platform.ARCH)) {
      return;
    }
    String asked = System.getenv(VARIABLE);
    if (asked != null && !asked.isBlank()) {
      LOG.info("matrix kernels as {} says: {}", VARIABLE, asked);
      return;
    }
    try {
      Optional<String> kernels = suited(Files.readString(PROCESSORS));
      if (kernels.isPresent()) {
        // System.getenv is a copy of the JVM's; OpenBLAS asks the C library.
        int failed =
            Function.getFunction("c", "setenv")
                .invokeInt(new Object[] {VARIABLE, kernels.get(), 1});
        LOG.debug("matrix kernels: {}{}", kernels.get(), failed == 0 ? "" : " could not be set");
      }
    } catch (IOException | LinkageError e) {
      LOG.debug("matrix kernels are left to OpenBLAS: {}", e.toString());
    }
  }

  /**
   * The kernels of OpenBLAS that suit the first processor described.
   *
   * @param cpuinfo the text of Linux's {@code /proc/cpuinfo}
   * @return OpenBLAS's name for them; empty if its own choice cannot be bettered by features alone
   */
  static Optional<String> suited(String cpuinfo) {
    Set<String> flags = Set.of();
    Matcher listed = FLAGS.matcher(cpuinfo);
    if (listed.find()) {
      flags = Set.copyOf(List.of(listed.group(1).split(" +")));
    }
    Matcher vendor = VENDOR.matcher(cpuinfo);
    boolean amd = vendor.find() && vendor.group(1).equals("AuthenticAMD");
    if (!amd && flags.containsAll(SKYLAKE)) {
      return Optional.of("SkylakeX");
    }
    if (flags.containsAll(HASWELL)) {
      return Optional.of(amd ? "Zen" : "Haswell");
    }
    return Optional.empty();
  }
}
