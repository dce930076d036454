/**
 * Vosk as the engine: the only code that sees JNA and libvosk. libvosk trusts its caller with
 * everything (a wrong length, rate or phrase list kills or hangs the process), so every argument is
 * checked here, in Java, before it crosses.
 */
@NullMarked
package halfsecond.asr.vosk;

import org.jspecify.annotations.NullMarked;
