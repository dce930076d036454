// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Severity;
import halfsecond.testing.Browser;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view in a real browser; leaves pictures in {@code target/dashboard} to look at. */
final class DashboardIT {
  private static final Path PICTURES = Path.of("target", "dashboard");
  private static final String LOADED =
      "document.querySelector('main h1') !== null && document.querySelectorAll('[aria-busy=true], .state.waiting').length === 0";

  private static Browser browser;
  private static String axe;

  private ScriptedMonitor monitor;
  private ScriptedDashboard dashboard;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = Browser.start(Path.of("target", "chromium"));
    axe = AxeCore.script();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() {
    monitor = new ScriptedMonitor();
    dashboard = new ScriptedDashboard(monitor, 0);
    browser.look(1440, 900, false);
  }

  @AfterEach
  void stop() {
    browser.open("about:blank");
    dashboard.close();
  }

  /** The view, and what shows that it has its data. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "overview                        | .well.critical .headline, .strip li, .figure-card .spark, .plot .band, .alarm-line",
        "stages/asr                      | [data-panel='asr.latency'] .plot .line.main, .facts, [data-panel='asr.cpu'] svg",
        "stages/vad                      | [data-panel='vad.leading_silence'] .mark.critical",
        "distributions                   | [data-panel='vad.leading_silence'] .bin, .note.moved, .outline",
        "distributions/vad.leading_silence | .plot .bin, .evidence .effect.over, .legend",
        "cohorts                         | .dots.odd, table.compare tbody tr:nth-child(6), figure .plot path",
        "models                          | table.compare tbody tr:nth-child(2), .line.other, figure svg",
        "alarms                          | .alarm-line.critical, .alarm-line.silenced, .alarm-line.resolved",
        "alarms/alarm-7                  | .attribution .part.mix, .evidence, .next, .actions-form, .detail-body .plot",
        "utterances                      | table.records tbody tr:nth-child(50), .breakdown .asr, td.bad",
        "utterances/u-3                  | .span.late, .span.over, .card .facts, .span.speech",
        "load                            | table.heats .heat, [data-panel='asr.cpu'] .plot"
      })
  void rendersWithItsData(String view, String parts) throws Exception {
    for (boolean dark : new boolean[] {false, true}) {
      browser.look(1440, 900, dark);
      open(view);
      for (String part : parts.split(",", -1)) {
        browser.until("document.querySelector(\"" + part.strip() + "\") !== null");
      }

      assertThat(browser.holds("document.querySelector('.state.failed, .state.absent') === null"))
          .isTrue();
      assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(1440);
      browser.screenshot(
          PICTURES.resolve(view.replace('/', '-') + (dark ? "-dark" : "-light") + ".png"));
      assertThat(browser.complaints()).isEmpty();
      assertThat(violations()).as(view + (dark ? " dark" : " light")).isEqualTo("");
    }
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("http://127.0.0.1:") || url.startsWith("about:"));
  }

  @ParameterizedTest
  @CsvSource({
    "overview",
    "stages/vad",
    "cohorts",
    "alarms/alarm-7",
    "utterances",
    "utterances/u-3",
    "load"
  })
  void fitsATelephone(String view) throws Exception {
    browser.look(390, 844, false);
    open(view);

    browser.screenshot(PICTURES.resolve(view.replace('/', '-') + "-narrow.png"));
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
  }

  @Test
  void aLinkBringsBackWhatWasChosen() {
    open(
        "cohorts?by=device&metric=vad.leading_silence&range=2026-11-20T10:00:00Z/2026-11-20T12:00:00Z&model=en-small@2");

    assertThat(browser.text("document.querySelector('[data-key=metric]').value"))
        .isEqualTo("vad.leading_silence");
    browser.until("document.querySelector('[data-key=model]')?.value === 'en-small@2'");
    assertThat(browser.text("document.querySelector('.tabs [aria-current]').textContent"))
        .isEqualTo("Device");
    assertThat(browser.text("document.querySelector('.held').textContent")).contains("20 Nov");
    assertThat(browser.text("document.querySelector('.live').textContent"))
        .isEqualTo("Fixed range");

    browser.run("document.querySelector('[data-view=stages]').click()");
    browser.until("location.hash.startsWith('#/stages')");
    assertThat(browser.text("location.hash"))
        .contains("range=2026-11-20")
        .contains("model=en-small@2")
        .doesNotContain("metric");
  }

  @Test
  void holdingTheRangePutsItIntoTheAddress() {
    open("overview?range=6h");

    browser.run("document.querySelector('[data-key=pin]').click()");

    browser.until("/range=\\d{4}-.*Z\\/\\d{4}-.*Z/.test(location.hash)");
    browser.until("document.querySelector('.live').textContent === 'Fixed range'");
  }

  @Test
  void showsANewAlarmWithoutReload() {
    open("overview");
    browser.until("document.querySelector('.badge').textContent === '1'");
    browser.run("window.sameDocument = true");
    await().until(() -> monitor.watching() == 1);

    monitor.put(
        monitor.alarm(ScriptedAlarms.FIRING).toBuilder()
            .setAlarmId("alarm-8")
            .setSeverity(Severity.SEVERITY_WARNING)
            .setTitle("Something else changed")
            .build());
    browser.until("document.querySelector('.badge').textContent === '2'");
    browser.until("document.querySelector('main').textContent.includes('Something else changed')");
    monitor.put(monitor.alarm("alarm-8").toBuilder().setState(Alarm.State.STATE_RESOLVED).build());

    browser.until("document.querySelector('.badge').textContent === '1'");
    assertThat(browser.holds("window.sameDocument")).isTrue();
  }

  @Test
  void figuresFollowWithoutReload() {
    open("overview?range=15m");
    browser.run("window.first = document.querySelector('.figures')");

    browser.until("document.querySelector('.figures') !== window.first");
  }

  @Test
  void worksByKeyboardAlone() {
    open("overview");

    browser.press("Tab");
    assertThat(browser.holds("document.activeElement.matches('.skip')")).isTrue();
    browser.press("Enter");
    assertThat(browser.holds("document.activeElement.id === 'main'")).isTrue();
    browser.press("2");
    browser.until("location.hash.startsWith('#/stages')");
    browser.until(LOADED + " && document.querySelector('.plot[tabindex] svg') !== null");
    browser.run("document.querySelector('.plot[tabindex]').focus()");
    browser.press("End");
    browser.press("ArrowLeft");
    assertThat(browser.text("document.querySelector('.readout').textContent"))
        .matches("\\d\\d:\\d\\d: .*");
    assertThat(browser.holds("document.querySelectorAll('.plot .cursor line').length > 0"))
        .isTrue();
    browser.press("]");
    browser.until("location.hash.includes('range=6h')");
    browser.press("?");
    browser.until("document.querySelector('dialog').open");
    browser.press("Escape");
    browser.until("!document.querySelector('dialog').open");
    browser.press("/");
    browser.until("document.activeElement.matches('[data-key=find]')");
  }

  @Test
  void theThemeIsTheSystemsUntilChosen() {
    browser.look(1440, 900, true);
    open("overview");
    String background = "getComputedStyle(document.body).backgroundColor";
    String dark = browser.text(background);

    browser.press("t");
    browser.until("document.documentElement.dataset.theme === 'light'");
    String light = browser.text(background);
    assertThat(light).isNotEqualTo(dark);
    open("load");
    assertThat(browser.text(background)).isEqualTo(light);
    browser.press("t");
    assertThat(browser.text(background)).isEqualTo(dark);
    browser.press("t");

    assertThat(browser.holds("document.documentElement.dataset.theme === undefined")).isTrue();
  }

  @Test
  void peopleActOnAlarms() {
    open("alarms/" + ScriptedAlarms.FIRING);
    browser.until("document.querySelector('[data-key=acknowledge]') !== null");

    browser.run("document.querySelector('[data-key=acknowledge]').click()");
    assertThat(browser.text("document.querySelector('.status').textContent"))
        .contains("Say who you are");
    browser.run(
        "const who = document.querySelector('[data-key=actor]'); who.value = 'Mara'; who.dispatchEvent(new Event('input'))");
    browser.run("document.querySelector('[data-key=acknowledge]').click()");
    browser.until("document.querySelector('.detail-body').textContent.includes('Seen by')");
    assertThat(monitor.alarm(ScriptedAlarms.FIRING).getAcknowledgement().getActor())
        .isEqualTo("Mara");

    browser.run("document.querySelector('[data-key=comment]').value = '<b>Rolled back</b>'");
    browser.run("document.querySelector('[data-key=annotate]').click()");
    browser.until("document.querySelector('.notes')?.textContent.includes('<b>Rolled back</b>')");

    browser.run("document.querySelector('[data-key=comment]').value = 'known'");
    browser.run("document.querySelector('[data-key=silence]').click()");
    browser.until("document.querySelector('[data-key=unsilence]') !== null");
    assertThat(monitor.alarm(ScriptedAlarms.FIRING).getState())
        .isEqualTo(Alarm.State.STATE_SILENCED);
    browser.until("document.querySelector('.badge').hidden");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "overview",
    "stages/asr",
    "distributions",
    "cohorts",
    "models",
    "alarms",
    "utterances",
    "utterances/u-3",
    "load"
  })
  void saysWhatIsNotAvailable(String view) {
    monitor.withhold(
        "QuerySeries",
        "GetDistribution",
        "ListCohorts",
        "ListMetrics",
        "ListUtterances",
        "GetUtterance",
        "ListAlarms",
        "WatchAlarms");

    open(view);

    browser.until(
        "document.querySelector('main').textContent.toLowerCase().includes('not available from this monitor')");
    assertThat(browser.holds("document.querySelector('.state.failed') === null")).isTrue();
  }

  @Test
  void saysThatNobodyAnswersAndRecovers() {
    open("overview");
    browser.until("document.querySelector('.well') !== null");
    int port = dashboard.port();

    dashboard.close();
    browser.until("!document.querySelector('.outage').hidden");
    assertThat(browser.text("document.querySelector('.outage').textContent"))
        .contains("does not answer");
    assertThat(browser.holds("document.querySelector('.figure-card') !== null"))
        .as("what was known stays")
        .isTrue();
    dashboard = new ScriptedDashboard(monitor, port);

    browser.until("document.querySelector('.outage').hidden");
    await().atMost(Duration.ofSeconds(30)).until(() -> monitor.watching() > 0);
  }

  private static void loaded() {
    browser.until(LOADED);
  }

  private void open(String view) {
    browser.open(dashboard.address() + "#/" + view);
    loaded();
  }

  /** What the accessibility checker finds, one a line. */
  private static String violations() {
    browser.run(axe + "; true");
    return browser.text(
        "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(v => v.id + ': ' + v.help + ': '"
            + " + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')).join('\\n'))");
  }
}
