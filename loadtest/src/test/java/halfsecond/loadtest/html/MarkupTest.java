// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void escapesTextAndAttributes() {
    String written = new Markup().element("p", "a<b>&'\"", "title", "\"><script>").toString();

    assertThat(written)
        .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">a&lt;b&gt;&amp;&#39;&quot;</p>");
  }

  @Test
  void replacesWhatXmlDoesNotKnow() {
    String written = new Markup().text("a\u0000\u001b\ud800b\ud83d\ude00\n").toString();

    assertThat(written).isEqualTo("a\ufffd\ufffd\ufffdb\ud83d\ude00\n");
  }

  @Test
  void refusesWhatIsNotClosed() {
    Markup markup = new Markup().open("p").open("b").close();

    assertThatIllegalStateException().isThrownBy(markup::toString).withMessageContaining("[p]");
  }

  @Test
  void refusesAnAttributeWithoutValue() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Markup().open("p", "class"));
  }
}
