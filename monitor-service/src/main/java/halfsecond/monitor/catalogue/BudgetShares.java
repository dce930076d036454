// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.record.Stage;

/**
 * The share of a session's budget that each stage may use, above 0 to 1; together they are the
 * whole.
 */
public record BudgetShares(double vad, double route, double asr, double deliver) {
  private static final double ROUNDING = 1e-6;

  public BudgetShares {
    if (!(vad > 0 && route > 0 && asr > 0 && deliver > 0)) {
      throw new IllegalArgumentException("each share must be above 0");
    }
    if (Math.abs(vad + route + asr + deliver - 1) > ROUNDING) {
      throw new IllegalArgumentException("shares must sum to 1");
    }
  }

  /** For the pipeline the whole. */
  public double of(Stage stage) {
    return switch (stage) {
      case VAD -> vad;
      case ROUTE -> route;
      case ASR -> asr;
      case DELIVER -> deliver;
      case PIPELINE -> 1;
    };
  }
}
