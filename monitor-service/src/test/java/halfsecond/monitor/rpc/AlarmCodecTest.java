// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.monitor.alarm.Action;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.Reports;
import halfsecond.monitor.alarm.TrackedAlarm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AlarmCodecTest {
  static Stream<AlarmReport> reports() {
    AlarmReport firing = Reports.firing("a", "m", 0);
    return Stream.of(
        firing,
        Reports.pending("a", "m", 0),
        Reports.ofPhone("a", "m", 0),
        Reports.ofObjective("a"),
        Reports.resolved(firing, 60));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void keepsAllThatIsKnownAndDone(AlarmReport report) {
    AlarmDesk desk = new AlarmDesk(() -> Reports.NOW, AlarmArchive.NONE, 5);
    desk.report(report);
    desk.update("a", null, new Action.Annotate("eve", "what is this?"));
    if (report.resolved().isEmpty()) {
      desk.update("a", null, new Action.Acknowledge("eve", ""));
      desk.update("a", null, new Action.Snooze("eve", Reports.NOW.plusSeconds(9)));
      desk.update("a", null, new Action.Silence("eve", "known", Reports.NOW.plusSeconds(5), true));
    }
    TrackedAlarm kept = desk.all().get(0);

    TrackedAlarm read = AlarmCodec.decode(AlarmCodec.encode(kept));

    assertThat(read.report()).isEqualTo(kept.report());
    assertThat(read.handling()).isEqualTo(kept.handling());
    assertThat(read.state()).isEqualTo(kept.state());
  }

  @Test
  void refusesOtherBytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> AlarmCodec.decode(new byte[] {1, 2, 3}));
  }
}
