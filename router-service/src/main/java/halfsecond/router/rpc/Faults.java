// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.error.Reason;
import halfsecond.router.backend.EjectionCause;
import halfsecond.router.backend.Fleet;
import halfsecond.router.utterance.ReplayCause;
import io.grpc.Status;
import java.util.Optional;

/** What the end of a stream says about the replica that it went to. */
final class Faults {
  private Faults() {}

  /**
   * The replica ended the stream.
   *
   * @param connected whether the stream's connection is still there
   */
  static <T extends Link> void ended(
      Fleet<T> fleet, T link, boolean connected, Status.Code code, Optional<Reason> reason) {
    if (reason.isEmpty()) {
      if (code == Status.Code.UNAVAILABLE) {
        unavailable(fleet, link, connected);
      } else {
        fleet.failed(link.replica());
      }
      return;
    }
    switch (reason.get()) {
      case DRAINING -> link.replica().refusing();
      case BACKEND_UNAVAILABLE -> unavailable(fleet, link, connected);
      case INTERNAL, DEADLINE_EXCEEDED, UNIMPLEMENTED -> fleet.failed(link.replica());
      // The request's own fault, or a passing state of a replica that is well.
      default -> {}
    }
  }

  /** The session gave the stream up. */
  static <T extends Link> void abandoned(Fleet<T> fleet, T link, ReplayCause cause) {
    switch (cause) {
      case HUNG -> {
        boolean unused = fleet.eject(link.replica(), EjectionCause.HUNG);
      }
      case LOST, RESET -> fleet.failed(link.replica());
      case DRAINING -> link.replica().refusing();
      case SLOW, VAD_LOST -> {}
    }
  }

  /**
   * With its connection down nothing new goes there until it shows that it lives, and it is asked
   * at once. With the connection up it is a failure like another.
   */
  private static <T extends Link> void unavailable(Fleet<T> fleet, T link, boolean connected) {
    if (connected) {
      fleet.failed(link.replica());
    } else {
      link.replica().lost();
      link.probe();
    }
  }
}
