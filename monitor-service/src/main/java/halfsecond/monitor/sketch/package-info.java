/**
 * Distributions of any number of measurements in a bounded space, which add up: of minutes, of
 * cohorts, of replicas.
 */
@NullMarked
package halfsecond.monitor.sketch;

import org.jspecify.annotations.NullMarked;
