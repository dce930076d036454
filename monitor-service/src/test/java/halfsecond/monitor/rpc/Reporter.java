// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportUtterancesConfig;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import halfsecond.monitor.v1.UtteranceBatch;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A reporter of utterances over a real stub; reads acknowledgements as they come, or only when told
 * to.
 */
public final class Reporter
    implements ClientResponseObserver<ReportUtterancesRequest, ReportUtterancesResponse> {
  private final List<ReportUtterancesResponse> acknowledgements = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final boolean reading;
  private final ClientCallStreamObserver<ReportUtterancesRequest> stream;
  private long sequence;

  /**
   * @param reading false: no acknowledgement is read before {@link #read}
   */
  public Reporter(Channel channel, boolean reading) {
    this.reading = reading;
    this.stream =
        (ClientCallStreamObserver<ReportUtterancesRequest>)
            MonitorServiceGrpc.newStub(channel).reportUtterances(this);
  }

  /** A reporter that has said who it is. */
  public static Reporter named(String instance, Channel channel) {
    return new Reporter(channel, true).config(instance);
  }

  public Reporter config(String instance) {
    return send(
        ReportUtterancesRequest.newBuilder()
            .setConfig(ReportUtterancesConfig.newBuilder().setInstance(instance))
            .build());
  }

  /** The next batch. */
  public Reporter batch(List<UtteranceRecord> records) {
    return batch(++sequence, 0, records);
  }

  public Reporter batch(long number, long dropped, List<UtteranceRecord> records) {
    return send(
        ReportUtterancesRequest.newBuilder()
            .setBatch(
                UtteranceBatch.newBuilder()
                    .setSequence(number)
                    .setDroppedTotal(dropped)
                    .addAllRecords(records))
            .build());
  }

  public Reporter send(ReportUtterancesRequest request) {
    stream.onNext(request);
    return this;
  }

  /** Half-closes and waits for the end. */
  public Status finish() throws InterruptedException {
    stream.onCompleted();
    return awaitEnd();
  }

  public Status awaitEnd() throws InterruptedException {
    try {
      return ended.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the stream did not end", e);
    }
  }

  /** What the stream ended with, if it did not end with OK. */
  public Throwable failure() throws InterruptedException {
    awaitEnd();
    return failure.getNow(new AssertionError("the stream ended with OK"));
  }

  public boolean isOpen() {
    return !ended.isDone();
  }

  public boolean canSend() {
    return stream.isReady();
  }

  /** Reads one more acknowledgement. */
  public void read() {
    stream.request(1);
  }

  public void cancel() {
    stream.cancel("the test goes away", null);
  }

  public List<ReportUtterancesResponse> acknowledgements() {
    return acknowledgements;
  }

  public long acknowledged() {
    return acknowledgements.isEmpty()
        ? 0
        : acknowledgements.get(acknowledgements.size() - 1).getAcknowledgedSequence();
  }

  public int accepted() {
    return acknowledgements.stream().mapToInt(ReportUtterancesResponse::getAcceptedCount).sum();
  }

  public int duplicates() {
    return acknowledgements.stream().mapToInt(ReportUtterancesResponse::getDuplicateCount).sum();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ReportUtterancesRequest> call) {
    if (!reading) {
      call.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(ReportUtterancesResponse response) {
    acknowledgements.add(response);
  }

  @Override
  public void onError(Throwable thrown) {
    failure.complete(thrown);
    ended.complete(Status.fromThrowable(thrown));
  }

  @Override
  public void onCompleted() {
    ended.complete(Status.OK);
  }
}
