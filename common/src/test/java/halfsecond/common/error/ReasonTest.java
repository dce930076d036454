// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.speech.v1.ErrorReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void isTheContractsListInItsOrder() {
    var contract =
        Arrays.stream(ErrorReason.values())
            .filter(r -> r != ErrorReason.UNRECOGNIZED && r != ErrorReason.ERROR_REASON_UNSPECIFIED)
            .map(r -> r.name().replaceFirst("^ERROR_REASON_", ""))
            .toList();

    assertThat(Arrays.stream(Reason.values()).map(Enum::name)).containsExactlyElementsOf(contract);
  }
}
