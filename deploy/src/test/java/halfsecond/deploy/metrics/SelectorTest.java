// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.metrics.Selector.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorTest {

  private static final List<Sample> SAMPLES =
      Selector.samples(
          """
          # TYPE halfsecond_a_total counter
          halfsecond_a_total{cause="LOST",otel_scope_name="x"} 3.0
          halfsecond_b 0
          halfsecond_c_bucket{le="+Inf"} 7
          """);

  private static boolean selects(String query) {
    return Selector.in(query).stream().allMatch(s -> SAMPLES.stream().anyMatch(s::matches));
  }

  @Test
  void readsWhatIsExported() {
    assertThat(SAMPLES)
        .contains(
            new Sample("halfsecond_b", Map.of()),
            new Sample("halfsecond_c_bucket", Map.of("le", "+Inf")))
        .hasSize(3);
  }

  @Test
  void findsWhatIsThere() {
    assertThat(selects("sum(rate(halfsecond_a_total{cause!=\"DRAINING\"}[5m])) / halfsecond_b"))
        .isTrue();
    assertThat(selects("halfsecond_a_total{cause=~\"LOST|HUNG\"}")).isTrue();
  }

  @Test
  void missesWhatIsNot() {
    assertThat(selects("halfsecond_a")).as("name").isFalse();
    assertThat(selects("halfsecond_a_total{cause=\"HUNG\"}")).as("value").isFalse();
    assertThat(selects("halfsecond_a_total{reason!=\"HUNG\"}")).as("label").isFalse();
    assertThat(selects("halfsecond_b + halfsecond_d")).as("one of two").isFalse();
  }
}
