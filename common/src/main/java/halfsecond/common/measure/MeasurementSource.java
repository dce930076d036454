// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.measure;

import java.util.List;

/** Somebody who knows numbers about a service. */
@FunctionalInterface
public interface MeasurementSource {
  /**
   * What is known now; what is not known is left out. Called every few seconds, by one thread at a
   * time: short, must not block.
   */
  List<Measurement> read();
}
