// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import halfsecond.common.error.SpeechException;
import java.util.ArrayList;
import java.util.List;

final class PhraseListFuzzTest {
  @FuzzTest
  void whatPassesIsWellFormed(FuzzedDataProvider data) {
    List<String> phrases = new ArrayList<>();
    while (data.remainingBytes() > 0 && phrases.size() < 600) {
      phrases.add(data.consumeString(120));
    }

    try {
      List<String> checked = PhraseList.checked(phrases, word -> word.length() % 3 != 0);
      assertThat(checked).isNotEmpty().hasSizeLessThanOrEqualTo(500);
      assertThat(checked).allMatch(PhraseList::isWellFormed);
    } catch (SpeechException refused) {
      assertThat(refused.text()).startsWith("phrases must have");
    }
  }
}
