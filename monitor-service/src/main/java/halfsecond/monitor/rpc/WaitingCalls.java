// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.store.StoreException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers calls that wait for the store, on threads that may. Safe for use by any thread. */
final class WaitingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingCalls.class);

  private final Executor threads;

  /**
   * @param threads may be made to wait; owned by the caller
   */
  WaitingCalls(Executor threads) {
    this.threads = threads;
  }

  /** Answers with what the question gives, or with why it does not. Returns without waiting. */
  <P> void answer(StreamObserver<P> observer, Supplier<P> question) {
    threads.execute(
        () -> {
          P response;
          try {
            response = question.get();
          } catch (StoreException e) {
            LOG.atWarn().setCause(e).log("a question was not answered");
            observer.onError(Statuses.toException(unreachable()));
            return;
          } catch (RuntimeException e) {
            observer.onError(Statuses.toException(e));
            return;
          }
          observer.onNext(response);
          observer.onCompleted();
        });
  }

  private static SpeechException unreachable() {
    return new SpeechException(Reason.BACKEND_UNAVAILABLE, "the store cannot be used now");
  }
}
