// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatrixKernelsTest {
  @ParameterizedTest
  @CsvSource({
    "GenuineIntel, sse2 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl amx_tile, SkylakeX",
    "GenuineIntel, sse2 avx fma avx2 avx512f avx512cd, Haswell",
    "GenuineIntel, sse2 avx fma avx2, Haswell",
    "AuthenticAMD, sse2 avx fma avx2, Zen",
    "AuthenticAMD, sse2 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl, Zen",
    "HygonGenuine, sse2 avx fma avx2, Haswell",
    "GenuineIntel, sse2 avx avx2, ",
    "GenuineIntel, sse2 sse4_2 avx, ",
    "AuthenticAMD, sse2 fma4, "
  })
  void takesWhatTheFeaturesAllow(String vendor, String flags, String kernels) {
    String cpuinfo =
        """
        processor\t: 0
        vendor_id\t: %s
        cpu family\t: 6
        model\t\t: 207
        flags\t\t: %s
        bugs\t\t: spectre_v1

        processor\t: 1
        vendor_id\t: GenuineIntel
        """
            .formatted(vendor, flags);

    assertThat(MatrixKernels.suited(cpuinfo).orElse(null)).isEqualTo(kernels);
  }

  @Test
  void leavesTheChoiceToOpenBlasWhereNothingIsKnown() {
    assertThat(MatrixKernels.suited("")).isEmpty();
    assertThat(MatrixKernels.suited("processor : 0\nFeatures : fp asimd\n")).isEmpty();
  }
}
