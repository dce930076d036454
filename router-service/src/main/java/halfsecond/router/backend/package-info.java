// SPDX-License-Identifier: Apache-2.0
/**
 * The replicas that serve the router: which of them are ready, which one takes the next stream,
 * which ones are left out for a while because they fail, hang or are far slower than the others.
 * Plain Java; what is heard and done over the network is the edge's.
 */
@NullMarked
package halfsecond.router.backend;

import org.jspecify.annotations.NullMarked;
