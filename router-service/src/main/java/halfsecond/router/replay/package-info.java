// SPDX-License-Identifier: Apache-2.0

/**
 * What keeps replays in bounds, over all sessions: how many there may be, how much audio is kept
 * for them, and which audio is not tried again. Which utterance is replayed when is decided by its
 * session.
 */
@NullMarked
package halfsecond.router.replay;

import org.jspecify.annotations.NullMarked;
