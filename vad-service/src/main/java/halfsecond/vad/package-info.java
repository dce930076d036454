// SPDX-License-Identifier: Apache-2.0
/**
 * The voice activity service: audio of a session in, the borders of its utterances out. This
 * package puts it together and runs it.
 */
@NullMarked
package halfsecond.vad;

import org.jspecify.annotations.NullMarked;
