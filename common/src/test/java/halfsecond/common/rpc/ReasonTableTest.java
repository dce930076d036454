// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the promises where callers read them: in the comments of the contract. */
class ReasonTableTest {
  @ParameterizedTest
  @EnumSource
  void keepsWhatTheContractPromises(Reason reason) throws IOException {
    Matcher comment =
        Pattern.compile("// ([A-Z_]+)(, with RetryInfo)?\\.[^=]* ERROR_REASON_" + reason + " =")
            .matcher(contract());

    assertThat(comment.find()).isTrue();
    assertThat(Statuses.codeOf(reason).name()).isEqualTo(comment.group(1));
    assertThat(ReasonTable.retryAfter(reason).isPresent()).isEqualTo(comment.group(2) != null);
  }

  private static String contract() throws IOException {
    try (InputStream file =
        requireNonNull(
            ReasonTableTest.class.getResourceAsStream(
                "/halfsecond/speech/v1/error_reason.proto"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
