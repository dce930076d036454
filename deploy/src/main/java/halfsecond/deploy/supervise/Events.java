// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import java.time.Duration;

/**
 * What happens to a supervised process that nobody asked for. Called on the supervisor's thread;
 * must not block.
 */
public interface Events {

  /**
   * It ended by itself, or was killed from outside.
   *
   * @param exitCode above 128 by a signal
   * @param restartIn when the next start comes
   */
  void ended(String name, int exitCode, Duration restartIn);

  /** It answered no health probe for so long, and is killed now. */
  void hung(String name, Duration silent);

  /** It has ended so often within a minute, and is still started again. */
  void looping(String name, int ends);

  /**
   * It serves again.
   *
   * @param away since its end
   */
  void back(String name, long pid, Duration away);

  /** Tells nobody. */
  static Events ignored() {
    return new Events() {
      @Override
      public void ended(String name, int exitCode, Duration restartIn) {}

      @Override
      public void hung(String name, Duration silent) {}

      @Override
      public void looping(String name, int ends) {}

      @Override
      public void back(String name, long pid, Duration away) {}
    };
  }
}
