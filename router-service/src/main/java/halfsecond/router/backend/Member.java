// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

/** What the edge keeps about one replica. */
public interface Member {
  Replica replica();
}
