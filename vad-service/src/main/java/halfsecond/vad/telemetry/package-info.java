// SPDX-License-Identifier: Apache-2.0
/**
 * What the service says about its work: the names of its metrics, all in one place, and the span of
 * each utterance. Never holds anything of what was said.
 */
@NullMarked
package halfsecond.vad.telemetry;

import org.jspecify.annotations.NullMarked;
