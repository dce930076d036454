// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.Accuracy;
import halfsecond.loadtest.result.RunResult.Counts;
import halfsecond.loadtest.result.RunResult.Generator;
import java.util.List;
import java.util.Map;

/** Results with nothing in them but what a search looks at. */
final class Results {
  private static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0, 0, 0);

  private Results() {}

  static RunResult of(Prober.Trial trial, Verdict verdict) {
    return new RunResult(
        trial.deciding() ? "deciding" : "probe",
        "poisson",
        trial.seed(),
        trial.qps(),
        trial.length().toSeconds(),
        verdict.word(),
        0,
        new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        new Accuracy(0, 0, null, 0),
        new Generator(NONE, 0),
        List.of(),
        true,
        List.of());
  }
}
