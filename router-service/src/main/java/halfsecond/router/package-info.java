// SPDX-License-Identifier: Apache-2.0

/**
 * The door of the suite: clients bring audio here and take text away. This package starts the
 * service and wires its parts; what a session does is in {@code session}, everything that speaks
 * gRPC is in {@code rpc}.
 */
@NullMarked
package halfsecond.router;

import org.jspecify.annotations.NullMarked;
