// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The monitor's page as somebody sees it in a browser. Elements are named by CSS selectors without
 * backquotes; what is asked for is waited for. Pictures go to {@code target/page}, those of the
 * documentation to the folder that {@code -Dpage.pictures} names. For one thread.
 */
final class Page implements AutoCloseable {

  private static final Path OWN = Path.of("target", "page");
  private static final Path PICTURES = Path.of(System.getProperty("page.pictures", OWN.toString()));
  private static final int WIDTH = 1360;
  private static final int HEIGHT = 900;
  private static final String LOADED =
      "document.querySelector('main h1') !== null"
          + " && document.querySelector('[aria-busy=true], .state.waiting') === null";

  /** As the page writes them: a sign, a number, and a unit after a space that does not break. */
  private static final Pattern TIME = Pattern.compile("(−?)([0-9.]+)\\h(ms|s)");

  private final Browser browser;
  private final String address;

  private Page(Browser browser, String address) {
    this.browser = browser;
    this.address = address;
  }

  /** Skips the test, or fails it where tools are required, when there is no browser. */
  static Page at(String address) throws Exception {
    return new Page(Browser.start(OWN), address);
  }

  /**
   * Opens a view anew and waits for its data.
   *
   * @param place what the address says after {@code #/}
   */
  void open(String place) {
    browser.look(WIDTH, HEIGHT, false);
    browser.open(address + "#/" + place);
    browser.until(LOADED);
    assertThat(browser.holds("document.querySelector('.state.failed, .state.absent') === null"))
        .as("everything on %s could be had", place)
        .isTrue();
  }

  /** What the address says after {@code #/}. */
  String place() {
    return browser.text("location.hash").replaceFirst("#/", "");
  }

  void await(String selector) {
    browser.until("document.querySelector(`" + selector + "`) !== null");
  }

  void awaitText(String selector, String part) {
    browser.until(
        "document.querySelector(`" + selector + "`)?.textContent.includes(`" + part + "`)");
  }

  /** Waits until there is at least one. */
  List<String> texts(String selector) {
    await(selector);
    return list("[...document.querySelectorAll(`" + selector + "`)].map(it => it.textContent)");
  }

  String text(String selector) {
    await(selector);
    return browser.text("document.querySelector(`" + selector + "`).textContent");
  }

  int count(String selector) {
    return (int) browser.number("document.querySelectorAll(`" + selector + "`).length");
  }

  void click(String selector) {
    await(selector);
    browser.run("document.querySelector(`" + selector + "`).click()");
  }

  /** Types into a field, and Enter. */
  void enter(String selector, String text) {
    await(selector);
    browser.run("document.querySelector(`" + selector + "`).focus()");
    text.chars().forEach(key -> browser.press(Character.toString(key)));
    browser.press("Enter");
  }

  /** How many points the main line of a panel's chart goes through. */
  int points(String panel) {
    String path = "[data-panel='" + panel + "'] .plot .line.main path";
    await(path);
    return (int)
        browser.number(
            "(document.querySelector(`"
                + path
                + "`).getAttribute('d').match(/[ML]/g) ?? []).length");
  }

  /** The cells of a table's body, row by row. */
  List<List<String>> table(String selector) {
    await(selector + " tbody tr");
    return list(
            "[...document.querySelectorAll(`"
                + selector
                + " tbody tr`)].map(row => [...row.cells].map(it => it.textContent).join('\\t'))")
        .stream()
        .map(row -> List.of(row.split("\t", -1)))
        .toList();
  }

  /** Opens the numbers behind a chart; returns them like {@link #table}. */
  List<List<String>> numbers(String selector) {
    // Drawn anew it is closed again.
    browser.until(
        "(() => { const behind = document.querySelector(`"
            + selector
            + " details.numbers`); if (behind) behind.open = true;"
            + " return Boolean(behind?.querySelector('tbody tr')); })()");
    return table(selector + " details.numbers");
  }

  /** Marks the document, to see later that it was not loaded anew. */
  void mark() {
    browser.run("window.marked = true");
  }

  boolean isMarked() {
    return browser.holds("window.marked === true");
  }

  /**
   * Takes pictures of what is in the window, dark and light.
   *
   * @param dark which one the documentation shows
   */
  void picture(String name, int height, boolean dark) throws IOException {
    browser.run("document.querySelectorAll('details').forEach(it => it.open = false)");
    String before = look(height, !dark);
    browser.screenshotOfWindow(OWN.resolve(name + (dark ? "-light" : "-dark") + ".png"));
    assertThat(look(height, dark)).as("colours of the other theme").isNotEqualTo(before);
    browser.screenshotOfWindow(PICTURES.resolve(name + ".png"));
  }

  private String look(int height, boolean dark) {
    browser.look(WIDTH, height, dark);
    return browser.text("getComputedStyle(document.body).backgroundColor");
  }

  /** Nothing was complained about, nothing asked for elsewhere. */
  void assertQuiet() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(url -> url.startsWith(address) || url.equals("about:blank"));
  }

  /** A time as the page writes it, in seconds. */
  static double seconds(String written) {
    Matcher matcher = TIME.matcher(written);
    assertThat(matcher.matches()).as("a time: %s", written).isTrue();
    double number = Double.parseDouble(matcher.group(2));
    return (matcher.group(1).isEmpty() ? number : -number)
        / (matcher.group(3).equals("ms") ? 1000 : 1);
  }

  private List<String> list(String expression) {
    return Arrays.asList(browser.text(expression + ".join('\\n')").split("\n", -1));
  }

  @Override
  public void close() {
    browser.close();
  }
}
