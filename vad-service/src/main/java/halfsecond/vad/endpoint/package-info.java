// SPDX-License-Identifier: Apache-2.0
/**
 * Turns judged frames into utterances: when one starts, what of the audio is part of its clip, when
 * it ends and what it sounded like. Pure Java; positions are sample indexes in the audio of the
 * session and there is no clock, so the same audio always gives the same utterances however it
 * arrives.
 */
@NullMarked
package halfsecond.vad.endpoint;

import org.jspecify.annotations.NullMarked;
