// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.WavFile;
import halfsecond.router.session.FinalResult;
import halfsecond.router.session.InterimResult;
import halfsecond.router.session.LiveSession;
import halfsecond.router.session.Rejection;
import halfsecond.router.session.Session;
import halfsecond.router.session.SessionConfig;
import halfsecond.router.session.SessionOutput;
import halfsecond.router.session.SessionRegistry;
import halfsecond.router.session.SessionServices;
import halfsecond.router.session.SpeechActivity;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.RecognizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Recognize} call: the clip goes through a session as if a client streamed it at the
 * pace at which it is taken, and the answers are collected. The response is sent from the session's
 * sequence, once.
 */
final class RecognizeCall implements LiveSession, SessionOutput {
  private final ServerCallStreamObserver<RecognizeResponse> response;
  private final SessionServices services;
  private final SessionRegistry registry;
  private final EdgeLimits limits;
  private final Executor sequence;
  private final SpeechMessages messages = new SpeechMessages();
  private final RecognizeResponse.Builder answer = RecognizeResponse.newBuilder();
  private volatile @Nullable Session session;

  RecognizeCall(
      ServerCallStreamObserver<RecognizeResponse> response,
      SessionServices services,
      SessionRegistry registry,
      EdgeLimits limits,
      Executor sequence) {
    this.response = response;
    this.services = services;
    this.registry = registry;
    this.limits = limits;
    this.sequence = sequence;
  }

  void start(RecognizeRequest request) {
    response.setOnCancelHandler(this::gone);
    try {
      WavFile clip = clip(request);
      SessionConfig config = SessionConfigs.clip(request.getConfig(), clip.format());
      answer.setAudioDuration(SpeechMessages.duration(clip.duration()));
      Session opened = new Session(config, services, sequence, this, () -> registry.release(this));
      session = opened;
      registry.admit(this);
      opened.open();
      opened.audio(clip.audio());
      opened.halfClose();
    } catch (SpeechException e) {
      response.onError(Statuses.toException(e));
    }
  }

  private WavFile clip(RecognizeRequest request) {
    ByteString audio = request.getAudio();
    if (audio.size() > limits.clipBytes()) {
      throw SpeechMessages.tooLarge();
    }
    RecognitionConfig config = request.getConfig();
    WavFile clip =
        WavFile.startsWav(audio)
            ? SessionConfigs.agreeing(config, WavFile.parse(audio))
            : new WavFile(SessionConfigs.format(config), audio);
    AudioFormat format = clip.format();
    if (clip.audio().size() % format.encoding().bytesPerSample() != 0) {
      throw new SpeechException(
          Reason.AUDIO_INVALID, "the audio has an odd number of bytes; 16-bit samples take two");
    }
    if (clip.duration().compareTo(limits.clipDuration()) > 0) {
      throw new SpeechException(Reason.UTTERANCE_TOO_LONG, "the clip is longer than allowed");
    }
    return clip;
  }

  private void gone() {
    Session open = session;
    if (open != null) {
      open.clientGone();
    }
  }

  @Override
  public void tick() {
    Session open = session;
    if (open != null) {
      open.tick();
    }
  }

  @Override
  public void drain(Duration remaining) {
    Session open = session;
    if (open != null) {
      open.drain(remaining);
    }
  }

  @Override
  public void request() {
    // The whole clip is here.
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void started(String sessionId, Optional<Duration> budget) {
    // A clip has no session that its client could name.
  }

  @Override
  public void activity(SpeechActivity event) {
    // Not part of the response; not asked for.
  }

  @Override
  public void interim(InterimResult result) {
    // Not part of the response; not asked for.
  }

  @Override
  public void answered(FinalResult result) {
    answer.addResults(messages.result(result));
  }

  @Override
  public void rejected(Rejection rejection) {
    answer.addRejected(messages.rejected(rejection));
  }

  @Override
  public void draining(Duration remaining) {
    // The answer comes before the end.
  }

  @Override
  public void ended(Optional<SpeechException> status) {
    if (status.isPresent()) {
      response.onError(Statuses.toException(status.get()));
    } else {
      response.onNext(answer.build());
      response.onCompleted();
    }
  }
}
