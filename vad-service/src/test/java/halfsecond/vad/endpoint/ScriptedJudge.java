// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/**
 * Calls a frame voiced when its first sample is not zero, so that a test writes the verdicts into
 * the audio.
 */
final class ScriptedJudge implements FrameJudge {
  int closed;

  @Override
  public boolean isVoiced(short[] frame) {
    return frame[0] != 0;
  }

  @Override
  public void close() {
    closed++;
  }
}
