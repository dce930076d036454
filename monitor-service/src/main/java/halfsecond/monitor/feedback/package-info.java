// SPDX-License-Identifier: Apache-2.0
/** What users did with a transcript, brought together with the record of the utterance. */
@NullMarked
package halfsecond.monitor.feedback;

import org.jspecify.annotations.NullMarked;
