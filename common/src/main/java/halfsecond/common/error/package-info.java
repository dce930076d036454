// SPDX-License-Identifier: Apache-2.0

/**
 * What can go wrong, in the words of the contract and without gRPC: domain code throws these, only
 * {@code rpc} packages know which status they become.
 */
@NullMarked
package halfsecond.common.error;

import org.jspecify.annotations.NullMarked;
