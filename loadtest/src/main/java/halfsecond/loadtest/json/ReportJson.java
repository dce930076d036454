// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import halfsecond.loadtest.result.LoadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report as JSON: its records, field by field. Safe for use by any thread. */
public final class ReportJson {
  /** Reports of later versions have more fields. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ReportJson() {}

  /** Indented, for people and for diffs. */
  public static String write(LoadReport report) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is plain data", e);
    }
  }

  /**
   * Reads one back.
   *
   * @throws IOException when the file cannot be read or is not a report; the message says which
   */
  public static LoadReport read(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      LoadReport report = MAPPER.readValue(text, LoadReport.class);
      if (report == null || report.schema() < 1) {
        throw new IOException(file + " is not a report of this program");
      }
      return report;
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is not a report of this program: " + e.getOriginalMessage(), e);
    }
  }
}
