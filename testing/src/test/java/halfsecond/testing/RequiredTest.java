// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequiredTest {
  private static final String PROPERTY = "halfsecond.test-only.required";

  @AfterEach
  void clearProperty() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void skipsWithAReason() {
    // Asked by name: the class is JUnit's own, not part of what this module depends on.
    assertThatThrownBy(() -> Required.missing(PROPERTY, "no recorded speech"))
        .hasMessageContaining("no recorded speech")
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("TestAbortedException"));
  }

  @Test
  void failsWhereSkippingIsNotAllowed() {
    System.setProperty(PROPERTY, "true");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Required.missing(PROPERTY, "no recorded speech"))
        .withMessageContaining("no recorded speech");
  }

  @Test
  void findsToolsOnThePath() {
    assertThat(Tools.find("sh")).isPresent();
    assertThat(Tools.find("no-such-tool-anywhere")).isEmpty();
  }
}
