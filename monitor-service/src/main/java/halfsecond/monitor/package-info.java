// SPDX-License-Identifier: Apache-2.0

/**
 * The monitor: takes records of utterances and measurements of services, and says how good each
 * stage of the pipeline is. The root holds what starts it; every concept has a package of its own,
 * and only {@code rpc} knows gRPC.
 */
@NullMarked
package halfsecond.monitor;

import org.jspecify.annotations.NullMarked;
