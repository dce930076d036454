// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  @Test
  void isWellFormed() throws Exception {
    Document page = parse(HtmlReport.render(SampleReport.whole()));

    assertThat(page.getElementsByTagName("svg").getLength()).isGreaterThan(20);
  }

  @Test
  void needsNothingFromElsewhere() throws Exception {
    String page = HtmlReport.render(SampleReport.whole());

    assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("http:", "https:", "//cdn", "@import", "url(");
    for (Element link : all(parse(page), "link")) {
      assertThat(link.getAttribute("href")).isEqualTo("data:,");
    }
    assertThat(all(parse(page), "script")).allMatch(script -> script.getAttribute("src").isEmpty());
  }

  @Test
  void saysTheAnswerFirst() throws Exception {
    Document page = parse(HtmlReport.render(SampleReport.whole()));

    assertThat(all(page, "h1").get(0).getTextContent())
        .isEqualTo("halfsecond carries 24.6 utterances a second at p99 within 500 ms");
    assertThat(page.getDocumentElement().getTextContent()).contains("23.7× vosk-websocket");
  }

  @Test
  void hasATableForEachChartAndWordsForThoseWhoCannotSeeIt() throws Exception {
    Document page = parse(HtmlReport.render(SampleReport.whole()));

    for (Element chart : all(page, "svg")) {
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      assertThat(chart.getAttribute("aria-label")).hasSizeGreaterThan(20);
      Element figure = (Element) chart.getParentNode();
      assertThat(figure.getElementsByTagName("table").getLength()).isEqualTo(1);
      assertThat(figure.getElementsByTagName("td").getLength()).isPositive();
    }
    assertThat(all(page, "th")).allMatch(cell -> !cell.getAttribute("scope").isEmpty());
  }

  @Test
  void escapesWhateverAReportHolds() throws Exception {
    String evil = "</script><script>alert(1)</script>\"'&\u0000";
    TargetResult sample = SampleReport.halfsecond();
    TargetResult target =
        new TargetResult(
            evil, Map.of(evil, evil), null, null, false, List.of(evil), sample.runs(), List.of());

    String page = HtmlReport.render(SampleReport.report(target));

    assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
    assertThat(all(parse(page), "script")).hasSize(1);
  }

  @Test
  void saysWhenTargetsUsedDifferentModels() throws Exception {
    assertThat(pageOf(Map.of("a", "en-small@2", "b", "en-small@1")))
        .contains(
            "Not the same model: a answered with en-small@2, b answered with en-small@1. The rates"
                + " do not compare.");
    assertThat(pageOf(Map.of("a", "en-small@2", "b", "en-small@2", "null", "en-small@1")))
        .doesNotContain("Not the same model");
  }

  private static String pageOf(Map<String, String> models) throws Exception {
    TargetResult sample = SampleReport.halfsecond();
    List<TargetResult> targets = new ArrayList<>();
    models.forEach(
        (target, model) ->
            targets.add(
                new TargetResult(
                    target,
                    Map.of("model", model),
                    null,
                    null,
                    true,
                    List.of(),
                    sample.runs(),
                    List.of())));
    Document page =
        parse(HtmlReport.render(SampleReport.report(targets.toArray(TargetResult[]::new))));
    return page.getDocumentElement().getTextContent();
  }

  @Test
  void saysWhyPercentilesAreMissingInsteadOfDrawingThem() throws Exception {
    TargetResult invalid = SampleReport.invalid();
    RunResult only = invalid.runs().get(invalid.runs().size() - 1);
    TargetResult target =
        new TargetResult(
            "null", Map.of(), null, null, false, invalid.problems(), List.of(only), List.of());

    Document page = parse(HtmlReport.render(SampleReport.report(target)));

    String text = page.getDocumentElement().getTextContent();
    assertThat(text).contains("No rate of null counts", "✗ not valid", SampleReport.PROBLEM);
    assertThat(text).contains("Not drawn: this run does not count");
    assertThat(text).doesNotContain("p99 0", "NaN", "Infinity");
  }

  @Test
  void standsWithoutTargetsOrRuns() throws Exception {
    TargetResult empty =
        new TargetResult(
            "halfsecond", Map.of(), null, null, false, List.of(), List.of(), List.of());

    String none = text(HtmlReport.render(SampleReport.report()));
    String one = text(HtmlReport.render(SampleReport.report(empty)));

    assertThat(none).contains("No target has a rate that counts");
    assertThat(one).contains("No steady run was made").doesNotContain("NaN");
  }

  @Test
  void tellsEveryRun() throws Exception {
    Document page = parse(HtmlReport.render(SampleReport.whole()));

    int runs =
        SampleReport.whole().targets().stream().mapToInt(target -> target.runs().size()).sum();
    Element found = withId(page, "runs");
    assertThat(found.getElementsByTagName("tr").getLength()).isEqualTo(runs + 1);
  }

  @Test
  void neverPrintsWhatIsNotANumber() {
    assertThat(HtmlReport.render(SampleReport.whole())).doesNotContain("NaN", "Infinity");
  }

  private static Element withId(Document page, String id) {
    return all(page, "section").stream()
        .filter(section -> section.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String page) throws Exception {
    return parse(page).getDocumentElement().getTextContent();
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<Element> all(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index++) {
      elements.add((Element) found.item(index));
    }
    return elements;
  }
}
