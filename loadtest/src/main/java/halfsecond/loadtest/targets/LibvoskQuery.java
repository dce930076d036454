// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.common.concurrent.SerialExecutor;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One query decoded in this process. Audio is cut into blocks of 100 ms; a block is decoded in the
 * order of arrival, by one thread at a time for each query. The listener is called by the decode
 * threads.
 */
final class LibvoskQuery implements QueryStream {
  /** 100 ms. */
  static final int BLOCK_BYTES = 3_200;

  private final SpeechModel model;
  private final boolean partials;
  private final QueryListener listener;
  private final Consumer<LibvoskQuery> over;
  private final SerialExecutor sequence;

  // Of the sender.
  private byte[] block = new byte[BLOCK_BYTES];
  private int filled;
  private boolean finished;

  private volatile boolean cancelled;

  // Of the sequence.
  private @Nullable Recognizer recognizer;
  private String heard = "";
  private boolean ended;

  /**
   * Opens a query.
   *
   * @param over told once, when nothing native is held any more
   */
  LibvoskQuery(
      SpeechModel model,
      boolean partials,
      Executor pool,
      QueryListener listener,
      Consumer<LibvoskQuery> over) {
    this.model = model;
    this.partials = partials;
    this.listener = listener;
    this.over = over;
    // One block a turn: whoever has waited longest is next.
    this.sequence = new SerialExecutor(pool, 1, this::fail);
  }

  @Override
  public void audio(ByteString samples) {
    int from = 0;
    while (!finished && !cancelled && from < samples.size()) {
      int taken = Math.min(BLOCK_BYTES - filled, samples.size() - from);
      samples.substring(from, from + taken).copyTo(block, filled);
      filled += taken;
      from += taken;
      if (filled == BLOCK_BYTES) {
        byte[] full = block;
        block = new byte[BLOCK_BYTES];
        filled = 0;
        sequence.execute(() -> decode(full, BLOCK_BYTES));
      }
    }
  }

  @Override
  public void finish() {
    if (!finished && !cancelled) {
      finished = true;
      byte[] rest = block;
      int length = filled & ~1;
      sequence.execute(() -> complete(rest, length));
    }
  }

  @Override
  public void cancel() {
    if (!cancelled) {
      cancelled = true;
      sequence.execute(this::end);
    }
  }

  private void decode(byte[] audio, int length) {
    if (ended || cancelled) {
      return;
    }
    Recognizer now = recognizer();
    now.accept(audio, length);
    if (partials) {
      String text = now.partial();
      if (!text.equals(heard)) {
        heard = text;
        listener.partial(text);
      }
    }
  }

  private void complete(byte[] rest, int length) {
    if (ended || cancelled) {
      return;
    }
    Recognizer now = recognizer();
    now.accept(rest, length);
    String text = now.finish().best().transcript();
    end();
    listener.answered(new FinalAnswer(text, "", 1, List.of()));
    listener.closed();
  }

  private Recognizer recognizer() {
    Recognizer made = recognizer;
    if (made == null) {
      made = model.recognizer();
      made.begin(1);
      recognizer = made;
    }
    return made;
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    Recognizer made = recognizer;
    if (made != null) {
      made.close();
    }
    over.accept(this);
  }

  private void fail(Throwable failure) {
    if (!ended) {
      end();
      if (!cancelled) {
        listener.failed(failure.getClass().getSimpleName());
      }
    }
  }
}
