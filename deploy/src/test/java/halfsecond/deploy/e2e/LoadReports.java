// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.awaitility.Awaitility.await;

import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.deploy.client.Endpoint;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a recognizer reports about its load, heard in one call that stays open: a call
 * for each question would use up the connection's calls. Safe for any thread.
 */
final class LoadReports implements AutoCloseable {

  private final ManagedChannel channel;
  private final List<Load> seen = new ArrayList<>();
  private Optional<Throwable> end = Optional.empty();

  LoadReports(Endpoint asr) {
    channel = Pipelines.channel(asr);
    AsrServiceGrpc.newStub(channel).watchLoad(WatchLoadRequest.getDefaultInstance(), new Watcher());
  }

  /** The next report from now on. */
  Load latest() {
    int before = all().size();
    await().atMost(Duration.ofSeconds(10)).until(() -> all().size() > before);
    List<Load> now = all();
    return now.get(now.size() - 1);
  }

  /** Those since the last {@link #forget}. */
  synchronized List<Load> all() {
    end.ifPresent(
        cause -> {
          throw new AssertionError("the recognizer reports its load no more", cause);
        });
    return List.copyOf(seen);
  }

  synchronized void forget() {
    seen.clear();
  }

  private synchronized void add(Load load) {
    seen.add(load);
  }

  private synchronized void ended(Throwable cause) {
    end = Optional.of(cause);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Watcher implements StreamObserver<WatchLoadResponse> {
    @Override
    public void onNext(WatchLoadResponse response) {
      add(response.getLoad());
    }

    @Override
    public void onError(Throwable cause) {
      ended(cause);
    }

    @Override
    public void onCompleted() {
      ended(new IllegalStateException("completed"));
    }
  }
}
