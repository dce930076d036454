// SPDX-License-Identifier: Apache-2.0

/**
 * The edge: the only package that sees the generated protos and gRPC. Reads what comes in, writes
 * what goes out, holds no rule.
 */
@NullMarked
package halfsecond.monitor.rpc;

import org.jspecify.annotations.NullMarked;
