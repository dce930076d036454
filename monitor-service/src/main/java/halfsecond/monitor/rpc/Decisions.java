// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.reference.References;
import java.util.concurrent.Executor;

/**
 * What people decided and is kept.
 *
 * @param waiting runs the calls that change it, which wait for the store; owned by the caller
 */
public record Decisions(References references, Executor waiting) {}
