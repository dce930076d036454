// SPDX-License-Identifier: Apache-2.0

/**
 * One session: the client's audio in, utterances cut out of it, and for every utterance exactly one
 * final or one refusal. Pure Java: the detector, recognition, the client and the record are ports.
 * Everything of one session happens in its own sequence; what a session may hold in memory is
 * bounded by {@link halfsecond.router.session.SessionLimits}.
 */
@NullMarked
package halfsecond.router.session;

import org.jspecify.annotations.NullMarked;
