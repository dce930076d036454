// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.webrtc;

import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import halfsecond.vad.endpoint.FrameJudge;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Set;

/**
 * One native WebRTC voice activity detector: judges frames of one stream, in order, and adapts to
 * it.
 *
 * <p>Owns native memory until {@link #close}, which may be called any number of times; any use
 * after it throws {@link IllegalStateException} and never reaches native code. May move between
 * threads but is used by one at a time: a second thread gets an {@link IllegalStateException}.
 */
public final class WebRtcVad implements FrameJudge {
  private static final Set<Integer> SAMPLE_RATES = Set.of(8000, 16000, 32000, 48000);
  private static final Set<Integer> FRAME_MILLIS = Set.of(10, 20, 30);
  private static final int HIGHEST_MODE = 3;
  private static final Cleaner CLEANER = Cleaner.create();

  private final int frameSamples;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  /**
   * Opens a detector.
   *
   * @param sampleRateHertz 8000, 16000, 32000 or 48000
   * @param frameMillis length of every frame: 10, 20 or 30
   * @param mode 0 (most speech kept) to 3 (most noise rejected)
   * @throws IllegalArgumentException naming the argument that is none of these
   * @throws IllegalStateException if the native library cannot be loaded or has no memory
   */
  public WebRtcVad(int sampleRateHertz, int frameMillis, int mode) {
    if (!SAMPLE_RATES.contains(sampleRateHertz)) {
      throw new IllegalArgumentException(
          "sampleRateHertz must be 8000, 16000, 32000 or 48000, not " + sampleRateHertz);
    }
    if (!FRAME_MILLIS.contains(frameMillis)) {
      throw new IllegalArgumentException("frameMillis must be 10, 20 or 30, not " + frameMillis);
    }
    if (mode < 0 || mode > HIGHEST_MODE) {
      throw new IllegalArgumentException("mode must be 0 to " + HIGHEST_MODE + ", not " + mode);
    }
    load();
    this.frameSamples = sampleRateHertz / 1000 * frameMillis;
    this.handle = new Handle();
    this.cleanable = CLEANER.register(this, handle);
    configure(sampleRateHertz, mode);
  }

  /**
   * Loads the native library; does nothing when it is loaded. Services call it when they start.
   *
   * @throws IllegalStateException naming the library, the architecture and what to do about it
   */
  public static void load() {
    try {
      Class.forName(Fvad.class.getName());
    } catch (LinkageError | ClassNotFoundException e) {
      throw new IllegalStateException(
          "The native voice activity detector cannot be loaded for "
              + Platform.RESOURCE_PREFIX
              + ": it needs glibc and libstdc++ on Linux, or macOS, on x86-64 or arm64",
          e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the frame is not as long as it was said to be
   * @throws IllegalStateException if the detector is closed or another thread uses it
   */
  @Override
  public boolean isVoiced(short[] frame) {
    if (frame.length != frameSamples) {
      throw new IllegalArgumentException(
          "a frame has " + frameSamples + " samples, not " + frame.length);
    }
    Pointer detector = handle.acquire();
    try {
      int verdict = Fvad.fvad_process(detector, frame, frame.length);
      if (verdict < 0) {
        throw new IllegalStateException("libfvad refused a frame of " + frame.length + " samples");
      }
      return verdict == 1;
    } finally {
      handle.release();
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Frees the native memory; does nothing when that has been done.
   *
   * @throws IllegalStateException if another thread is judging a frame
   */
  @Override
  public void close() {
    handle.free();
    cleanable.clean();
  }

  private void configure(int sampleRateHertz, int mode) {
    Pointer detector = handle.acquire();
    boolean accepted =
        Fvad.fvad_set_sample_rate(detector, sampleRateHertz) == 0
            && Fvad.fvad_set_mode(detector, mode) == 0;
    handle.release();
    if (!accepted) {
      close();
      throw new IllegalStateException("libfvad refused " + sampleRateHertz + " Hz in mode " + mode);
    }
  }
}
