// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

/**
 * A refusal for lack of capacity.
 *
 * @param atOpen the session was refused; otherwise one utterance of it, after its speech began
 * @param code e.g. RESOURCE_EXHAUSTED
 * @param saysWhenToRetry the refusal said when to try again
 */
public record Refusal(boolean atOpen, String code, boolean saysWhenToRetry) {}
