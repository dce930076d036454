// SPDX-License-Identifier: Apache-2.0

/**
 * Everything that speaks gRPC: the speech service for clients, and the router's own calls to the
 * detector, to recognition and to the monitor. Translates between messages and the values of the
 * session, checks what clients send, and holds no decision of its own.
 */
@NullMarked
package halfsecond.router.rpc;

import org.jspecify.annotations.NullMarked;
