// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.sun.jna.Pointer;
import halfsecond.asr.recognition.Recognition;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerException;
import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A recognizer of libvosk.
 *
 * <p>A clip ends with the final result and nothing else: it drops the feature pipeline, so that the
 * next clip starts fresh, while {@code reset} would keep the previous speaker's adaptation. The
 * pauses that libvosk sees inside a clip are ignored; what a clip is has been decided before it
 * came here.
 */
final class VoskRecognizer implements Recognizer {
  private final ReentrantLock lock = new ReentrantLock();
  private final NativeHandle handle;

  // Samples of all earlier clips: libvosk counts a word's time from the recognizer's first clip on.
  private long earlierSamples;
  private long clipSamples;
  private boolean inClip;
  private boolean failed;

  VoskRecognizer(Pointer pointer, HandleCount count) {
    handle = new NativeHandle(this, pointer, count, LibVosk::vosk_recognizer_free);
    LibVosk.vosk_recognizer_set_words(pointer, 1);
  }

  @Override
  public void begin(int alternatives) {
    if (alternatives < 1 || alternatives > MAX_ALTERNATIVES) {
      throw new IllegalArgumentException("alternatives must be 1 to " + MAX_ALTERNATIVES);
    }
    exclusively(
        () -> {
          require(!inClip, "a clip is open already");
          // 0 is the mode that knows word confidences.
          LibVosk.vosk_recognizer_set_max_alternatives(
              handle.pointer(), alternatives == 1 ? 0 : alternatives);
          inClip = true;
          return true;
        });
  }

  @Override
  public void accept(byte[] audio, int length) {
    if (length < 0 || length > audio.length || length > 2 * MAX_BLOCK_SAMPLES || length % 2 != 0) {
      throw new IllegalArgumentException(
          "length must be even, at most " + 2 * MAX_BLOCK_SAMPLES + " and within the array");
    }
    exclusively(
        () -> {
          require(inClip, "no clip is open");
          if (length > 0) {
            feed(DigitalSilence.audible(audio, length), length);
          }
          clipSamples += length / 2;
          return true;
        });
  }

  @Override
  public String partial() {
    return exclusively(
        () -> {
          require(inClip, "no clip is open");
          return clipSamples == 0
              ? ""
              : VoskJson.partial(json(LibVosk.vosk_recognizer_partial_result(handle.pointer())));
        });
  }

  @Override
  public Recognition finish() {
    return exclusively(
        () -> {
          require(inClip, "no clip is open");
          inClip = false;
          if (clipSamples == 0) {
            return Recognition.EMPTY;
          }
          String json = json(LibVosk.vosk_recognizer_final_result(handle.pointer()));
          Recognition recognition = VoskJson.recognition(json, earlierSamples, clipSamples);
          earlierSamples += clipSamples;
          clipSamples = 0;
          return recognition;
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      handle.free();
    } finally {
      lock.unlock();
    }
  }

  private void feed(byte[] audio, int length) {
    if (LibVosk.vosk_recognizer_accept_waveform(handle.pointer(), audio, length) < 0) {
      failed = true;
      throw new RecognizerException("libvosk refused the audio");
    }
  }

  private <T> T exclusively(Supplier<T> call) {
    if (!lock.tryLock()) {
      throw new IllegalStateException("another thread is using this recognizer");
    }
    try {
      handle.pointer();
      require(!failed, "the engine has failed");
      return call.get();
    } finally {
      lock.unlock();
      // The handle's cleaner must not come while native code runs.
      Reference.reachabilityFence(this);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** The text belongs to the recognizer until its next call, so it is copied at once. */
  private static String json(@Nullable Pointer text) {
    if (text == null) {
      throw new RecognizerException("libvosk gave no result");
    }
    return text.getString(0, "UTF-8");
  }
}
