// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.router.backend.Member;

/** The connections to one replica, and what watches it. Closing ends the watches only. */
interface Link extends Member, AutoCloseable {
  Connections connections();

  /** Begins to watch. To be called once. */
  void start();

  /** Asks for a sign of life now. */
  void probe();

  @Override
  void close();
}
