// SPDX-License-Identifier: Apache-2.0
/** How what people and services decide outlives the process, said without a database. */
@NullMarked
package halfsecond.monitor.kept;

import org.jspecify.annotations.NullMarked;
