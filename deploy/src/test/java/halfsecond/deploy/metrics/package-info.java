// SPDX-License-Identifier: Apache-2.0

/** What the services export, against what the manual, the alert rules and the dashboard say. */
@NullMarked
package halfsecond.deploy.metrics;

import org.jspecify.annotations.NullMarked;
