// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A monitor that remembers records, and can lose streams before it acknowledges. */
public final class ScriptedMonitor extends MonitorServiceGrpc.MonitorServiceImplBase {
  public final List<UtteranceRecord> records = new CopyOnWriteArrayList<>();
  public final AtomicInteger streams = new AtomicInteger();
  public final AtomicInteger losesStreams = new AtomicInteger();

  @Override
  public StreamObserver<ReportUtterancesRequest> reportUtterances(
      StreamObserver<ReportUtterancesResponse> responses) {
    streams.incrementAndGet();
    return new StreamObserver<>() {
      private boolean over;

      @Override
      public void onNext(ReportUtterancesRequest request) {
        if (!request.hasBatch() || over) {
          return;
        }
        records.addAll(request.getBatch().getRecordsList());
        if (losesStreams.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          over = true;
          responses.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        responses.onNext(
            ReportUtterancesResponse.newBuilder()
                .setAcknowledgedSequence(request.getBatch().getSequence())
                .setAcceptedCount(request.getBatch().getRecordsCount())
                .build());
      }

      @Override
      public void onError(Throwable ignored) {}

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }
}
