// SPDX-License-Identifier: Apache-2.0
/**
 * The door for audio. Whatever a client sends (LINEAR16, MULAW or ALAW at 8 to 48 kHz, or a WAV
 * file) becomes 16 kHz 16-bit mono here, once, and positions in it can be told back in the client's
 * own time. Also keeps the recent audio of a session. Nothing in this package knows gRPC, blocks,
 * or logs.
 */
@NullMarked
package halfsecond.router.audio;

import org.jspecify.annotations.NullMarked;
