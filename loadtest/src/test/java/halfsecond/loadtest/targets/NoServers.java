// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.nio.file.Path;
import java.util.Map;

/** For targets that need none of the suite's servers, though perhaps models. */
record NoServers(Path models) implements Servers {
  @Override
  public Running suite(Map<String, String> settings) {
    throw new AssertionError("no suite is needed");
  }

  @Override
  public Running router(String asrTarget, Map<String, String> settings) {
    throw new AssertionError("no router is needed");
  }
}
