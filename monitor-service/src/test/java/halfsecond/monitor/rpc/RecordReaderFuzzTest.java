// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;

final class RecordReaderFuzzTest {
  private static final UtteranceWindows WINDOWS =
      new UtteranceWindows(
          new WindowLayout(
              Duration.ofMinutes(1),
              Duration.ofHours(1),
              Duration.ofMinutes(15),
              Duration.ofHours(24)),
          new SeriesLimits(2, 2, 4),
          new BudgetShares(0.4, 0.1, 0.4, 0.1));

  /** Whatever arrives is counted whole or refused for a field; nothing else happens. */
  @FuzzTest
  void anyBytesAreCountedOrRefusedForAField(byte[] bytes) {
    try {
      WINDOWS.add(RecordReader.read(UtteranceRecord.parseFrom(bytes)), TestRecords.NOW);
    } catch (InvalidProtocolBufferException e) {
      // gRPC refuses such a message before it reaches us.
      return;
    } catch (SpeechException e) {
      if (e.reason() != Reason.FIELD_INVALID || !e.metadata().containsKey("field")) {
        throw e;
      }
    }
  }
}
