// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.router.session.RecognitionStream;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.Optional;

/** A stream that was over before it began, because there is no backend for it. */
enum NoRecognition implements RecognitionStream {
  INSTANCE;

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void audio(ByteString samples) {}

  @Override
  public void finish(Optional<Duration> within) {}

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
