// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser; leaves pictures in {@code target/report} to look at. */
class HtmlReportIT {
  private static final Path PICTURES = Path.of("target", "report");
  private static final int HEIGHT = 900;

  private static Browser browser;

  @TempDir Path folder;

  @BeforeAll
  static void openBrowser() throws Exception {
    browser = Browser.start(Path.of("target", "chromium"));
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1200, false", "1200, true", "400, false", "400, true"})
  void fitsTheWindowWithoutComplaints(int width, boolean dark) throws Exception {
    browser.look(width, HEIGHT, dark);
    open(HtmlReport.render(SampleReport.whole()));

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.holds("document.documentElement.classList.contains('scripted')")).isTrue();
    assertThat(browser.holds("matchMedia('(prefers-color-scheme: dark)').matches")).isEqualTo(dark);
    assertThat(browser.number("innerWidth")).isEqualTo(width);
    assertThat(contentWidth()).isLessThanOrEqualTo(width);
    assertThat(browser.requests()).allMatch(url -> url.matches("(file|about|data):.*"));
    Path image = PICTURES.resolve("report-" + width + (dark ? "-dark" : "-light") + ".png");
    browser.screenshot(image);
    assertThat(Files.size(image)).isGreaterThan(50_000);
  }

  @Test
  void wouldNoticeAnErrorAndAnOverflow() throws Exception {
    browser.look(400, HEIGHT, false);
    open(
        "<!DOCTYPE html><html><body><div style=\"width: 3000px\">wide</div>"
            + "<script>missing();</script></body></html>");

    assertThat(browser.complaints())
        .hasSize(1)
        .first()
        .asString()
        .contains("missing is not defined");
    assertThat(contentWidth()).isGreaterThan(2000);
  }

  private void open(String page) throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), page);
    browser.open(file.toUri().toString());
    browser.until("location.protocol === 'file:' && document.readyState === 'complete'");
  }

  private static double contentWidth() {
    return browser.number("document.documentElement.scrollWidth");
  }
}
