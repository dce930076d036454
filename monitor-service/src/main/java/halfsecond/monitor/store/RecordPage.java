// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records, newest first.
 *
 * @param encoded as they are kept; not to be changed
 * @param next null on the last page
 */
public record RecordPage(List<byte[]> encoded, @Nullable Position next) {
  public RecordPage {
    encoded = List.copyOf(encoded);
  }
}
