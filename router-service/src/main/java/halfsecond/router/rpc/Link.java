// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.router.backend.Member;
import halfsecond.router.backend.Replica;

/** The connections to one replica, and what watches it. Closing ends the watches only. */
abstract class Link implements Member, AutoCloseable {
  private final Replica replica;
  private final Connections connections;

  Link(Replica replica, Connections connections) {
    this.replica = replica;
    this.connections = connections;
  }

  @Override
  public final Replica replica() {
    return replica;
  }

  final Connections connections() {
    return connections;
  }

  /** Begins to watch. To be called once. */
  abstract void start();

  /** Asks for a sign of life now. */
  abstract void probe();

  @Override
  public abstract void close();
}
