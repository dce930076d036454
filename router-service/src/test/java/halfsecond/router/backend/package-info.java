// SPDX-License-Identifier: Apache-2.0

/** Scripted backends behind real gRPC servers, and a client, for tests of the whole router. */
@NullMarked
package halfsecond.router.backend;

import org.jspecify.annotations.NullMarked;
