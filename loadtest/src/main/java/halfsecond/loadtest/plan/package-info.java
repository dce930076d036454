// SPDX-License-Identifier: Apache-2.0

/**
 * How many machines a rate takes: arithmetic on measured costs ({@link
 * halfsecond.loadtest.plan.CapacityPlan}), and a simulation in virtual time that checks what
 * arithmetic on means cannot see: queues, tails, and the loss of a machine ({@link
 * halfsecond.loadtest.plan.CapacitySimulation}).
 */
@NullMarked
package halfsecond.loadtest.plan;

import org.jspecify.annotations.NullMarked;
