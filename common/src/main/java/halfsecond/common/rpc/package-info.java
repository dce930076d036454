// SPDX-License-Identifier: Apache-2.0

/**
 * The one way in which servers and channels of the suite are built, secured, limited and stopped,
 * and in which errors cross the wire.
 */
@NullMarked
package halfsecond.common.rpc;

import org.jspecify.annotations.NullMarked;
