// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

import java.util.Map;

/**
 * Where it was measured.
 *
 * @param cpu the processor's own name
 * @param commit of the sources; empty when unknown
 * @param modified the sources had changes that are not in the commit
 * @param settings of the load test, in reading order
 */
public record Environment(
    String cpu,
    int cores,
    long memoryBytes,
    String os,
    String java,
    String commit,
    boolean modified,
    Map<String, String> settings) {}
