// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static halfsecond.deploy.e2e.ChangedClips.OTHERS;
import static halfsecond.deploy.e2e.ChangedClips.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.v1.UtteranceRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What people see of the changed clips, view by view, in a real browser; leaves pictures of all
 * views, see {@link Page}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageContract {

  private static final String RANGE = "?range=15m";
  private static final String OF_THE_PHONE = RANGE + "&cohort=device:" + PHONE.replace(" ", "%20");
  private static final int WINDOW = 900;

  /** Of a time that is written with three digits: half of the last one. */
  private static final double ROUNDING = 0.005;

  /** Clocks of processes, and what is not a span. */
  private static final double BETWEEN_PROCESSES = 0.005;

  private @Nullable Page opened;

  /** What is on the page; stays the implementation's. */
  abstract ChangedClips run();

  @AfterAll
  void closeThePage() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void theOverviewSaysWhatIsWrong() throws Exception {
    Page page = show("overview" + RANGE);

    assertThat(page.text(".well.critical .headline")).contains("silence fell", PHONE);
    assertThat(page.text(".strip li.critical")).contains("Endpointing", "1 firing");
    assertThat(page.texts(".strip li.good .stage"))
        .as("the other stages")
        .hasSize(3)
        .allMatch(stage -> stage.endsWith("quiet"));
    assertThat(page.texts(".alarm-line.critical .where"))
        .singleElement()
        .asString()
        .contains("Endpointing", PHONE);
    assertThat(page.texts(".figure-card"))
        .hasSize(5)
        .anyMatch(card -> card.contains(written(run().utterances()) + " utterances in all"));
    for (String chart : List.of("Throughput", "Final latency", "Null transcripts")) {
      assertThat(page.points(chart)).as(chart).isPositive();
    }
    page.picture("overview", WINDOW, false);
    page.assertQuiet();
  }

  @Test
  void theStageShowsWhenItsClipsChanged() throws Exception {
    Page page = show("stages/vad" + OF_THE_PHONE);

    for (String metric :
        List.of("vad.trailing_silence", "vad.leading_silence", "vad.clip_seconds")) {
      assertThat(page.points(metric)).as(metric).isPositive();
      assertThat(page.text("[data-panel='" + metric + "'] .mark.critical title")).contains(PHONE);
    }
    assertThat(page.count("[data-panel='vad.memory'][hidden]"))
        .as("what no phone has any of")
        .isEqualTo(1);
    page.picture("stages", 1000, false);
    page.assertQuiet();
  }

  @Test
  void distributionsOfTwoPhonesDiffer() throws Exception {
    Page all = show("distributions" + RANGE);
    for (String metric : List.of("vad.trailing_silence", "vad.clip_seconds")) {
      all.await("[data-panel='" + metric + "'] .bin");
      assertThat(all.count("[data-panel='" + metric + "'] .bin")).as(metric).isGreaterThan(1);
    }
    all.picture("distributions", WINDOW, false);
    all.assertQuiet();

    double changed = quarterOfTrailingSilences(PHONE);
    double unchanged = quarterOfTrailingSilences(OTHERS.get(0));

    assertThat(changed)
        .as("a quarter of the trailing silences of %s are below", PHONE)
        .isLessThan(unchanged / 2);
  }

  private double quarterOfTrailingSilences(String phone) throws Exception {
    Page page =
        show(
            "distributions/vad.trailing_silence"
                + RANGE
                + "&cohort=device:"
                + phone.replace(" ", "%20"));
    List<String> head = page.texts("[aria-label=Quantiles] thead th");
    List<String> now = page.table("[aria-label=Quantiles]").get(0);
    page.assertQuiet();
    return Page.seconds(now.get(head.indexOf("p25")));
  }

  @Test
  void thePhoneStandsOutBesideTheOthers() throws Exception {
    Page page = show("cohorts" + RANGE);

    Map<String, List<String>> rows =
        page.table("table.compare").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row));
    assertThat(rows).containsOnlyKeys(OTHERS.get(0), OTHERS.get(1), PHONE);
    assertThat(page.texts("table.compare tr:has(td:nth-child(3) .dots.odd) th"))
        .as("more null transcripts than everybody")
        .containsExactly(PHONE);
    page.await("figure .mark.critical");
    assertThat(page.texts("figure:has(.mark.critical) figcaption")).containsExactly(PHONE);
    page.picture("cohorts", WINDOW, false);
    page.assertQuiet();
  }

  @Test
  void theModelVersionHasAllTheTraffic() throws Exception {
    Page page = show("models" + RANGE);

    assertThat(page.table("table.compare"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get(0)).isEqualTo(TestModels.VERSION.toString());
              assertThat(row.get(1)).isEqualTo("100\u00a0% (" + written(run().utterances()) + ")");
            });
    assertThat(page.points("Traffic")).isPositive();
    page.picture("models", WINDOW, false);
    page.assertQuiet();
  }

  @Test
  void theAlarmHasItsEvidence() throws Exception {
    Page page = show("alarms" + RANGE);
    assertThat(page.texts(".alarm-line.critical .where"))
        .singleElement()
        .asString()
        .contains("Endpointing", PHONE);
    page.picture("alarms", WINDOW, false);
    page.click(".alarm-line.critical");

    assertThat(page.text(".detail-body .alarm-head")).contains("Critical", "Endpointing", PHONE);
    assertThat(page.text(".detail-body .next")).contains("detector", "It costs words");
    assertThat(page.text(".attribution h3")).isEqualTo("What explains it: Endpointing");
    assertThat(page.texts(".evidence h4")).contains("Null transcripts", "Clip length");
    assertThat(page.points("Around the change")).isPositive();
    page.picture("alarm", 1500, true);
    page.assertQuiet();
  }

  @Test
  void aNewUtteranceAppearsWithoutReload() throws Exception {
    Page page = show("utterances" + RANGE);
    page.await("table.records tbody tr");
    page.mark();

    UtteranceRecord spoken = run().speakOnce();
    page.await("table.records a[href*='" + spoken.getUtteranceId() + "']");

    assertThat(page.isMarked()).as("the same document").isTrue();
    page.picture("utterances", WINDOW, false);
    page.assertQuiet();
  }

  @Test
  void anUtteranceIsFoundByItsIdAndItsTimesAddUp() throws Exception {
    UtteranceRecord spoken = run().speakOnce();
    Page page = show("utterances" + RANGE);

    page.enter("[data-key=find]", spoken.getUtteranceId());
    page.awaitText("h1", spoken.getUtteranceId());

    List<List<String>> rows = page.numbers(".card.broad");
    assertThat(rows)
        .extracting(row -> row.get(0))
        .containsExactly("Speech", "Endpointing", "Routing", "Recognition", "Delivery");
    double sent = Durations.toNanos(spoken.getLatency().getSent()) / 1e9;
    double at = 0;
    for (List<String> row : rows.subList(1, rows.size())) {
      assertThat(Page.seconds(row.get(1))).as("start of %s", row).isCloseTo(at, within(ROUNDING));
      at += Page.seconds(row.get(3));
    }
    assertThat(at).as("all parts").isCloseTo(sent, within(rows.size() * ROUNDING));
    assertTraced(page, spoken);
    page.picture("utterance", 1100, true);
    page.assertQuiet();
  }

  /** What the three services measured, each by its own clock, is what the record says. */
  private static void assertTraced(Page page, UtteranceRecord spoken) {
    page.awaitText(".card.broad + .card.broad h2", "Trace");
    for (String service : List.of("router-service", "vad-service", "asr-service")) {
      page.awaitText(".card.broad + .card.broad .note", service);
    }
    Map<String, List<String>> spans =
        page.numbers(".card.broad + .card.broad").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row, (one, other) -> one));
    assertThat(spans).containsKeys("vad.endpoint", "route", "asr.finalize", "deliver");
    double routed = Page.seconds(Objects.requireNonNull(spans.get("route")).get(1));
    double delivered = Page.seconds(Objects.requireNonNull(spans.get("deliver")).get(2));
    double recorded =
        Durations.toNanos(spoken.getLatency().getSent())
            - Durations.toNanos(spoken.getLatency().getEndpointDecided());
    assertThat(delivered - routed)
        .isCloseTo(recorded / 1e9, within(2 * ROUNDING + BETWEEN_PROCESSES));
  }

  @Test
  void everyProcessTellsItsLoad() throws Exception {
    Page page = show("load" + RANGE);

    List<List<String>> processes = page.table("[data-panel=Processes]");
    assertThat(processes)
        .extracting(row -> row.get(1) + " " + row.get(0))
        .containsExactly(
            "Endpointing vad", "Routing router", "Recognition asr-0", "Recognition asr-1");
    List<String> head = page.texts("[data-panel=Processes] thead th");
    assertThat(processes)
        .extracting(row -> row.get(head.indexOf("Memory")))
        .allMatch(memory -> memory.endsWith("iB"));
    assertThat(page.table("table.heats"))
        .extracting(row -> row.get(0))
        .containsExactly("Endpointing", "Routing", "Recognition", "Delivery", "All together");
    for (String metric : List.of("pipeline.utterances", "vad.cpu", "route.cpu", "asr.cpu")) {
      assertThat(page.points(metric)).as(metric).isPositive();
    }
    page.picture("load", 1200, false);
    page.assertQuiet();
  }

  @Test
  void aLinkShowsTheSameRangeAgain() throws Exception {
    Page page = show("cohorts" + RANGE);
    page.click("[data-key=pin]");
    page.awaitText(".live", "Fixed range");
    String link = page.place();
    assertThat(link).matches("cohorts\\?range=\\d{4}-.*Z/\\d{4}-.*Z");
    String held = page.text(".held");

    Page again = show(link);

    assertThat(again.text(".held")).isEqualTo(held);
    assertThat(again.text(".live")).isEqualTo("Fixed range");
    assertThat(again.table("table.compare")).hasSize(3);
    again.click("[data-view=stages]");
    again.await("[data-view=stages][aria-current]");
    assertThat(again.place()).as("another view of it").contains(link.substring(link.indexOf('?')));
    again.assertQuiet();
  }

  private Page show(String place) throws Exception {
    Page page = opened;
    if (page == null) {
      page = Page.at(run().page());
      opened = page;
    }
    page.open(place);
    return page;
  }

  /** As the page writes it. */
  private static String written(int number) {
    return String.format(Locale.UK, "%,d", number);
  }
}
