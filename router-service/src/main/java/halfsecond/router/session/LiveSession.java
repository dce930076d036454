// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;

/** What the registry does to every session that is open. Any thread; returns at once. */
public interface LiveSession {
  /** Time has passed: limits are checked. */
  void tick();

  /** The server stops and will end the session after so long. */
  void drain(Duration remaining);
}
