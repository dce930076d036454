// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/**
 * Says of each frame of one stream, in order, whether it holds speech. Owned by the detector of
 * that stream; used by one thread at a time.
 */
public interface FrameJudge extends AutoCloseable {
  /** Whether the frame, the next one of the stream, holds speech. */
  boolean isVoiced(short[] frame);

  /** Frees what the judge holds; does nothing when that has been done. */
  @Override
  void close();
}
