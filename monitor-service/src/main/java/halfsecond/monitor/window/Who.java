// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.kept.Fields;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whose measurements.
 *
 * @param modelVersion null for all
 * @param cohort null for everybody
 */
public record Who(@Nullable String modelVersion, @Nullable CohortKey cohort) {
  /** All versions, everybody. */
  public static final Who ALL = new Who(null, null);

  /** Writes all of it, to be read by {@link #read}. */
  public void write(DataOutput out) throws IOException {
    Fields.writeIfSet(modelVersion, out);
    Fields.writeIfSet(cohort == null ? null : cohort.dimension().name(), out);
    Fields.writeIfSet(cohort == null ? null : cohort.value(), out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public static Who read(DataInput in) throws IOException {
    String version = Fields.ifSet(in);
    String dimension = Fields.ifSet(in);
    String value = Fields.ifSet(in);
    if (dimension == null || value == null) {
      return new Who(version, null);
    }
    try {
      return new Who(version, new CohortKey(CohortKey.Dimension.valueOf(dimension), value));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a cohort", e);
    }
  }
}
