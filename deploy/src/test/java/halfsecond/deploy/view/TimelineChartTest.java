// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.trace.Stage;
import halfsecond.deploy.trace.Timeline;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimelineChartTest {

  private static final long MS = 1_000_000;

  private static final Timeline TIMELINE =
      new Timeline(
          List.of(
              new Stage("utterance", -3000 * MS, 250 * MS),
              new Stage("asr.decode", -2500 * MS, -20 * MS)),
          List.of(
              new Stage("vad.endpoint", 0, 200 * MS),
              new Stage("route", 200 * MS, 200 * MS + 400_000),
              new Stage("asr.finalize", 202 * MS, 248 * MS),
              new Stage("deliver", 248 * MS, 250 * MS)),
          250 * MS,
          OptionalLong.of(500 * MS),
          Timeline.Source.SPANS,
          "4bf92f3577b34da6a3ce929d0e0e4736");

  @Test
  void drawsTheSameChartInPlainText() {
    assertThat(String.join("\n", new TimelineChart(Screen.pipe().terminal()).lines(TIMELINE)))
        .isEqualTo(
            """
            while the person spoke (costs nothing)
              utterance         3250 ms  from 3000 ms before the end of speech to 250 ms after it
              asr.decode        2480 ms  from 2500 ms before the end of speech to 20 ms before the end of speech
            after the end of speech      0         60        120       180       240       300 ms
              vad.endpoint       200 ms  #################################
              route              0.4 ms                                   |
              asr.finalize        46 ms                                    #######
              deliver            2.0 ms                                           #
              between stages     1.6 ms
              final              250 ms  of 500 ms promised (50 %)
              drawn from the spans of trace 4bf92f3577b34da6a3ce929d0e0e4736""");
  }

  @Test
  void addsNothingButInkOnAScreen() {
    String drawn = String.join("\n", new TimelineChart(Screen.tty().terminal()).lines(TIMELINE));

    String withoutInk = drawn.replaceAll("\u001b\\[[0-9]+m", "");
    assertThat(withoutInk).doesNotContain("\u001b");
    assertThat(withoutInk.replace('█', '#').replace('▏', '|'))
        .isEqualTo(String.join("\n", new TimelineChart(Screen.pipe().terminal()).lines(TIMELINE)));
  }

  @Test
  void saysWhenNoBudgetHolds() {
    Timeline batch =
        new Timeline(
            List.of(), List.of(), 9 * MS, OptionalLong.empty(), Timeline.Source.BREAKDOWN, "");

    assertThat(new TimelineChart(Screen.pipe().terminal()).lines(batch))
        .anySatisfy(line -> assertThat(line).contains("final", "9.0 ms", "no budget"))
        .last()
        .asString()
        .contains("breakdown", "unknown");
  }
}
