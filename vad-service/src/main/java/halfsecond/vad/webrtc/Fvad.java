// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.webrtc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The C API of libfvad, mapped directly. The class loads the library when it is initialized, once;
 * where that fails, {@link WebRtcVad#load} says why.
 *
 * <p>Lengths are declared as {@code long} for C's {@code size_t}: 64-bit platforms only.
 */
@SuppressWarnings("MemberName") // the names of the C functions
final class Fvad {
  static {
    Native.register(Fvad.class, NativeLibrary.getInstance(extract().getAbsolutePath()));
  }

  private Fvad() {}

  /** A new instance, or null when memory is exhausted. */
  static native @Nullable Pointer fvad_new();

  static native void fvad_free(Pointer instance);

  /** 0, or -1 when the mode is not 0 to 3. */
  static native int fvad_set_mode(Pointer instance, int mode);

  /** 0, or -1 when the rate is not 8000, 16000, 32000 or 48000. */
  static native int fvad_set_sample_rate(Pointer instance, int hertz);

  /** 1 for speech, 0 for none, -1 when the length does not fit the rate. */
  static native int fvad_process(Pointer instance, short[] frame, long length);

  /** The library's path within its jar for this platform. */
  static String resource() {
    String folder =
        switch (Platform.RESOURCE_PREFIX) {
          case "linux-x86-64" -> "debian-amd64/libfvadjni.so";
          case "linux-aarch64" -> "debian-arm64/libfvadjni.so";
          case "darwin-x86-64" -> "macos-amd64/libfvadjni.dylib";
          case "darwin-aarch64" -> "macos-arm64/libfvadjni.dylib";
          default -> throw unsupported();
        };
    return "/" + folder;
  }

  private static File extract() {
    String resource = resource();
    try {
      return Native.extractFromResourcePath(resource, Fvad.class.getClassLoader());
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot extract "
              + resource
              + " of io.github.givimad:libfvad-jni for "
              + Platform.RESOURCE_PREFIX
              + ": put that jar on the class path and point -Djna.tmpdir at a folder that is writable"
              + " and not mounted noexec",
          e);
    }
  }

  private static IllegalStateException unsupported() {
    return new IllegalStateException(
        "io.github.givimad:libfvad-jni carries no usable library for "
            + Platform.RESOURCE_PREFIX
            + ": run the service on Linux or macOS, on x86-64 or arm64");
  }
}
