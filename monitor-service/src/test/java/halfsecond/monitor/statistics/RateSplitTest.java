// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.monitor.statistics.RateSplit.Stratum;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RateSplitTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void tellsOtherClipsFromWorseRecognition() {
    RateSplit split =
        RateSplit.of(
            List.of(
                new Stratum(new Proportion(400, 2_000), new Proportion(960, 4_000)),
                new Stratum(new Proportion(100, 5_000), new Proportion(80, 4_000)),
                new Stratum(new Proportion(30, 3_000), new Proportion(20, 2_000))));

    assertThat(split.before()).isCloseTo(0.053, EXACT);
    assertThat(split.after()).isCloseTo(0.106, EXACT);
    assertThat(split.mix()).isCloseTo(0.041, EXACT);
    assertThat(split.within()).isCloseTo(0.012, EXACT);
  }

  @Test
  void givesAStratumThatOnlyCameToTheMix() {
    RateSplit split =
        RateSplit.of(
            List.of(
                new Stratum(new Proportion(10, 1_000), new Proportion(5, 500)),
                new Stratum(new Proportion(0, 0), new Proportion(250, 500))));

    assertThat(split.within()).isCloseTo(0, EXACT);
    assertThat(split.mix()).isCloseTo(split.after() - split.before(), EXACT);
  }

  @Test
  void needsBothSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RateSplit.of(List.of(new Stratum(new Proportion(0, 0), new Proportion(1, 2)))));
  }
}
