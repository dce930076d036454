// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

/**
 * What a run was, apart from its outcomes.
 *
 * @param seconds in which queries started
 * @param leftOpen queries that nobody decided to give up and that never ended
 * @param ownCpuSeconds of this process during the run
 */
record RunFacts(RunPlan plan, double seconds, long leftOpen, double ownCpuSeconds) {}
