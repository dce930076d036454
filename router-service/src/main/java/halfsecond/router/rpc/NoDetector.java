// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.router.session.VadStream;
import halfsecond.router.utterance.ReplayCause;

/** A stream that was over before it began, because there is no detector for it. */
enum NoDetector implements VadStream {
  INSTANCE;

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void audio(ByteString samples) {}

  @Override
  public void endUtterance() {}

  @Override
  public void halfClose() {}

  @Override
  public void cancel() {}

  @Override
  public void abandon(ReplayCause cause) {}

  @Override
  public String backend() {
    return "";
  }

  @Override
  public void next() {}
}
