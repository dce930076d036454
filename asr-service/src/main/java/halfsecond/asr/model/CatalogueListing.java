// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.List;

/**
 * What a catalogue held at one moment.
 *
 * @param models ordered by name, then version
 * @param damaged everything that looks like a version and is none, ordered by directory
 */
public record CatalogueListing(List<InstalledModel> models, List<DamagedModel> damaged) {
  public CatalogueListing {
    models = List.copyOf(models);
    damaged = List.copyOf(damaged);
  }
}
