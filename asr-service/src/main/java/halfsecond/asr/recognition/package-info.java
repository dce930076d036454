/**
 * Recognizing one clip: audio is collected in blocks, decoded on the decode threads, and answered
 * with hypotheses and exactly one final. Knows neither gRPC nor the engine; {@link
 * halfsecond.asr.recognition.SpeechModel} and {@link halfsecond.asr.recognition.Recognizer} are the
 * ports that an engine fills.
 */
@NullMarked
package halfsecond.asr.recognition;

import org.jspecify.annotations.NullMarked;
