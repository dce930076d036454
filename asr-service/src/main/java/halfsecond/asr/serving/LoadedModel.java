// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.recognition.ModelLease;
import halfsecond.asr.recognition.PhraseList;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerPool;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.common.concurrent.DrainEpoch;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A version in service: leased to clips until it is retired, and freed when the last of them is
 * done.
 */
final class LoadedModel {
  private final InstalledModel installed;
  private final SpeechModel model;
  private final RecognizerPool pool;
  private final PhraseModel phraseModel;
  private final Executor worker;
  private final DrainEpoch clips = new DrainEpoch();

  /**
   * @param worker checks phrases and frees the model
   */
  LoadedModel(
      InstalledModel installed,
      SpeechModel model,
      RecognizerPool pool,
      PhraseModel phraseModel,
      Executor worker) {
    this.installed = installed;
    this.model = model;
    this.pool = pool;
    this.phraseModel = phraseModel;
    this.worker = worker;
  }

  InstalledModel installed() {
    return installed;
  }

  int activeClips() {
    return clips.open();
  }

  /** A lease for free speech, or for nothing but these phrases if there are any. */
  CompletableFuture<ModelLease> lease(List<String> phrases) {
    DrainEpoch.Entry entry =
        clips
            .enter()
            .orElseThrow(
                () ->
                    new SpeechException(
                        Reason.MODEL_NOT_FOUND,
                        "the model version is being unloaded",
                        Map.of("model", installed.id().toString())));
    if (phrases.isEmpty()) {
      return CompletableFuture.completedFuture(new FreeLease(entry));
    }
    return phraseModel
        .use()
        .thenApplyAsync(use -> phraseLease(use, phrases, entry), worker)
        .whenComplete(
            (lease, failure) -> {
              if (failure != null) {
                entry.close();
              }
            });
  }

  /** Gives no more leases; completes when the last one is back and the native memory is free. */
  CompletableFuture<Void> retire() {
    clips.close();
    return clips.whenDrained().thenRunAsync(this::free, worker);
  }

  private void free() {
    phraseModel.close();
    pool.close();
    model.close();
  }

  private ModelLease phraseLease(
      PhraseModel.Use use, List<String> phrases, DrainEpoch.Entry entry) {
    try {
      return new PhraseLease(use, PhraseList.checked(phrases, use.model()::knows), entry);
    } catch (RuntimeException e) {
      use.close();
      throw e;
    }
  }

  private final class FreeLease implements ModelLease {
    private final DrainEpoch.Entry entry;

    FreeLease(DrainEpoch.Entry entry) {
      this.entry = entry;
    }

    @Override
    public Recognizer acquire() {
      return pool.acquire();
    }

    @Override
    public void recycle(Recognizer recognizer) {
      pool.release(recognizer);
    }

    @Override
    public void discard(Recognizer recognizer) {
      pool.discard(recognizer);
    }

    @Override
    public void close() {
      entry.close();
    }
  }

  /** Recognizers of a phrase list are for one clip. */
  private record PhraseLease(PhraseModel.Use use, List<String> phrases, DrainEpoch.Entry entry)
      implements ModelLease {
    @Override
    public Recognizer acquire() {
      return use.model().recognizerFor(phrases);
    }

    @Override
    public void recycle(Recognizer recognizer) {
      recognizer.close();
    }

    @Override
    public void discard(Recognizer recognizer) {
      recognizer.close();
    }

    @Override
    public void close() {
      use.close();
      entry.close();
    }
  }
}
