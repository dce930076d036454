/**
 * Audio on this machine: WAV and raw files, and the microphone, as sources that the client streams
 * from.
 */
@NullMarked
package halfsecond.deploy.audio;

import org.jspecify.annotations.NullMarked;
