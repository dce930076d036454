// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The C API of libvosk, mapped directly. It stands beside the Vosk Java API because that one
 * declares the result of {@code accept_waveform} as a boolean, which turns the error -1 into
 * "true". Nothing here is checked; only this package calls it.
 */
final class LibVosk {
  /** Silences libvosk altogether; its Java API stops at -1, where phrases still reach stderr. */
  static final int SILENT = -3;

  static {
    MatrixKernels.choose();
    // The Java API's loader brings the libraries that libvosk needs on Windows; elsewhere it finds
    // libvosk in its jar.
    org.vosk.LibVosk.vosk_set_log_level(SILENT);
    Native.register(LibVosk.class, "vosk");
  }

  private LibVosk() {}

  static native void vosk_set_log_level(int level);

  static native @Nullable Pointer vosk_model_new(byte[] path);

  static native void vosk_model_free(Pointer model);

  /** The word's number, or -1. */
  static native int vosk_model_find_word(Pointer model, byte[] word);

  static native @Nullable Pointer vosk_recognizer_new(Pointer model, float sampleRate);

  static native @Nullable Pointer vosk_recognizer_new_grm(
      Pointer model, float sampleRate, byte[] grammar);

  static native void vosk_recognizer_set_max_alternatives(Pointer recognizer, int alternatives);

  static native void vosk_recognizer_set_words(Pointer recognizer, int words);

  /** 1 at a pause, 0 elsewhere, -1 on failure. */
  static native int vosk_recognizer_accept_waveform(Pointer recognizer, byte[] audio, int length);

  static native @Nullable Pointer vosk_recognizer_partial_result(Pointer recognizer);

  static native @Nullable Pointer vosk_recognizer_final_result(Pointer recognizer);

  static native void vosk_recognizer_free(Pointer recognizer);

  /** A C string: UTF-8 whatever the platform's charset is. */
  static byte[] string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    byte[] terminated = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, terminated, 0, bytes.length);
    return terminated;
  }
}
