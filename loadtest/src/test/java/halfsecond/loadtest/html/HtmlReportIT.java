// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.html.Chromium.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser; leaves pictures in {@code target/report} to look at. */
class HtmlReportIT {
  private static final Path PICTURES = Path.of("target", "report");

  private Chromium browser;

  @BeforeEach
  void openBrowser() {
    browser = new Chromium(Path.of("target", "chromium"));
  }

  @ParameterizedTest
  @CsvSource({"1200, false", "1200, true", "400, false", "400, true"})
  void fitsTheWindowWithoutComplaints(int width, boolean dark) throws Exception {
    String page = HtmlReport.render(SampleReport.whole());

    Visit visit = browser.visit(page, width, dark);

    assertThat(visit.console()).isEmpty();
    assertThat(visit.scripted()).isTrue();
    assertThat(visit.dark()).isEqualTo(dark);
    assertThat(visit.contentWidth()).isLessThanOrEqualTo(visit.width());
    assertThat(visit.width()).isEqualTo(width);
    Files.createDirectories(PICTURES);
    Path image = PICTURES.resolve("report-" + width + (dark ? "-dark" : "-light") + ".png");
    Files.deleteIfExists(image);
    browser.screenshot(page, width, 6000, dark, image);
    assertThat(image).exists();
    assertThat(Files.size(image)).isGreaterThan(50_000);
  }

  @Test
  void wouldNoticeAnErrorAndAnOverflow() throws Exception {
    String page =
        "<!DOCTYPE html><html><body><div style=\"width: 3000px\">wide</div>"
            + "<script>missing();</script></body></html>";

    Visit visit = browser.visit(page, 400, false);

    assertThat(visit.console()).hasSize(1).first().asString().contains("missing is not defined");
    assertThat(visit.contentWidth()).isGreaterThan(2000);
  }
}
