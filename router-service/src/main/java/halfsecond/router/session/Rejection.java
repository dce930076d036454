// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.SpeechException;
import java.time.Duration;

/** The refusal of an utterance that began here in the client's audio. */
public record Rejection(String utteranceId, SpeechException status, Duration startOffset) {}
