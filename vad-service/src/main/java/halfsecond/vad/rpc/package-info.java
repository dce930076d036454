// SPDX-License-Identifier: Apache-2.0
/**
 * The contract {@code halfsecond.vad.v1} on the wire. The only package that knows generated
 * messages and gRPC: it checks what clients send, feeds one detector per call and says what the
 * detector finds.
 */
@NullMarked
package halfsecond.vad.rpc;

import org.jspecify.annotations.NullMarked;
