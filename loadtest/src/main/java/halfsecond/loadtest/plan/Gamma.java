// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.random.RandomGenerator;

/**
 * Draws from a gamma distribution of mean 1 (Marsaglia and Tsang, "A simple method for generating
 * gamma variables", 2000). A spread of 0 always gives 1, a spread of 1 the exponential
 * distribution.
 */
final class Gamma {
  private static final double ALMOST_CONSTANT = 1e-3;

  private final RandomGenerator random;
  private final double shape;
  private final double d;
  private final double c;
  private final boolean constant;

  /**
   * @param spread standard deviation over mean, 0 or above
   */
  Gamma(RandomGenerator random, double spread) {
    this.random = random;
    this.constant = spread < ALMOST_CONSTANT;
    this.shape = constant ? 1 : 1 / (spread * spread);
    this.d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    this.c = 1 / Math.sqrt(9 * d);
  }

  double next() {
    if (constant) {
      return 1;
    }
    if (shape == 1) {
      return -Math.log(1 - random.nextDouble());
    }
    double drawn = large();
    return shape < 1 ? drawn * Math.pow(random.nextDouble(), 1 / shape) / shape : drawn / shape;
  }

  private double large() {
    while (true) {
      double normal = random.nextGaussian();
      double v = 1 + c * normal;
      if (v > 0) {
        double cube = v * v * v;
        double uniform = 1 - random.nextDouble();
        if (Math.log(uniform) < 0.5 * normal * normal + d - d * cube + d * Math.log(cube)) {
          return d * cube;
        }
      }
    }
  }
}
