// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;

/** Speech began (at its first voiced audio) or ended (after its last), in the client's audio. */
public record SpeechActivity(boolean begin, Duration offset, String utteranceId) {}
