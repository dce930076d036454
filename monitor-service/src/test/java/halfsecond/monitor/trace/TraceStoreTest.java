// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TraceStoreTest {
  private final TraceStore store = new TraceStore(100);

  @Test
  void givesTheBackPartsInTheOrderOfTheirArrival() {
    store.add("a", new byte[] {1});
    store.add("b", new byte[] {2});
    store.add("a", new byte[] {3});

    assertThat(store.find("a")).containsExactly(new byte[] {1}, new byte[] {3});
    assertThat(store.find("c")).isEmpty();
    assertThat(store.bytes()).isEqualTo(3);
  }

  @Test
  void pushesOutTheOldestTracesWhole() {
    store.add("a", new byte[40]);
    store.add("b", new byte[40]);
    store.add("a", new byte[10]);
    store.add("c", new byte[30]);

    assertThat(store.find("a")).isEmpty();
    assertThat(store.find("b")).hasSize(1);
    assertThat(store.find("c")).hasSize(1);
    assertThat(store.bytes()).isEqualTo(70);
  }

  @Test
  void takesNoMoreOfATraceThatIsTooLarge() {
    assertThat(store.add("a", new byte[60])).isTrue();
    assertThat(store.add("a", new byte[60])).isFalse();

    assertThat(store.find("a")).hasSize(1);
    assertThat(store.bytes()).isEqualTo(60);
  }

  @Test
  void keepsNothingWithoutRoom() {
    TraceStore none = new TraceStore(0);

    assertThat(none.add("a", new byte[1])).isFalse();
    assertThat(none.find("a")).isEmpty();
  }
}
