// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DropLedgerTest {
  private final DropLedger ledger = new DropLedger();

  @Test
  void addsWhatIsNewOfEachReporter() {
    assertThat(ledger.report("router-1", 5)).isEqualTo(5);
    assertThat(ledger.report("router-1", 5)).isZero();
    assertThat(ledger.report("router-1", 7)).isEqualTo(2);
    assertThat(ledger.report("router-2", 1)).isEqualTo(1);

    assertThat(ledger.total()).isEqualTo(8);
  }

  @Test
  void aSmallerNumberMeansThatTheReporterStartedAgain() {
    ledger.report("router-1", 100);

    assertThat(ledger.report("router-1", 3)).isEqualTo(3);
    assertThat(ledger.total()).isEqualTo(103);
  }

  @Test
  void forgetsTheReporterThatWasSilentLongest() {
    ledger.report("first", 10);
    for (int i = 0; i < 1_000; i++) {
      ledger.report("router-" + i, 0);
    }

    assertThat(ledger.report("first", 10)).isEqualTo(10);
    assertThat(ledger.report("router-999", 0)).isZero();
  }
}
