// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.monitor.rpc.Reporter;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.ListUtterancesResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.Reference;
import halfsecond.monitor.v1.RollingWindow;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.testing.ForkedJvm;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real monitor that is killed with SIGKILL, again and again, while records come in. */
@Timeout(300)
final class MonitorKillIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BATCH = 50;
  private static final int IN_FLIGHT = 8;
  private static final int KILLS = 3;

  @TempDir private Path folder;
  private final Instant began = Instant.now();
  private Path configuration = Path.of("");
  private int port;

  @Test
  void losesNothingThatWasAcknowledgedAndCountsNothingTwice() throws Exception {
    port = freePort();
    configuration =
        Files.writeString(
            folder.resolve("own.conf"),
            "halfsecond.monitor { server.port = "
                + port
                + ", dashboard.port = 0, store.directory = \""
                + folder.resolve("store")
                + "\" }");
    int sent = 0;
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (ForkedJvm jvm = monitor()) {
        int known = acknowledged;
        int before = kill;
        withMonitor(
            stub -> {
              assertHas(stub, known);
              assertThat(names(stub)).hasSize(before);
              stub.createReference(reference("kill " + before));
            });
        Reporter reporter = Reporter.named("router-1", channel());
        // What was not acknowledged is sent again; so is some that was.
        sent = Math.max(0, acknowledged - 2 * BATCH);
        int base = sent;
        for (int i = 0; i < (kill + 1) * 20; i++) {
          awaitAcknowledged(reporter, i - IN_FLIGHT);
          reporter.batch(batch(sent));
          sent += BATCH;
        }
        jvm.kill();
        assertThat(reporter.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        acknowledged = Math.max(acknowledged, base + (int) reporter.acknowledged() * BATCH);
        assertThat(jvm.awaitExit(LIMIT).exitCode()).isEqualTo(137);
      }
    }
    int least = acknowledged;
    int all = sent;
    try (ForkedJvm jvm = monitor()) {
      withMonitor(
          stub -> {
            assertHas(stub, least);
            assertThat(names(stub)).containsExactly("kill 2", "kill 1", "kill 0");
            Reporter reporter = Reporter.named("router-1", channel());
            for (int from = 0; from < all; from += BATCH) {
              awaitAcknowledged(reporter, from / BATCH - IN_FLIGHT);
              reporter.batch(batch(from));
            }
            assertThat(reporter.finish()).isEqualTo(Status.OK);
            assertThat(reporter.accepted()).isLessThanOrEqualTo(all - least);
            assertThat(ids(stub))
                .containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, all).mapToObj(i -> "u-" + i).toList());
            assertThat(counted(stub)).isEqualTo(all);
          });
      jvm.terminate();
      assertThat(jvm.awaitExit(LIMIT).exitCode()).isZero();
    }
  }

  private static void awaitAcknowledged(Reporter reporter, int batches) {
    await().pollInterval(Duration.ofMillis(1)).until(() -> reporter.acknowledged() >= batches);
  }

  /** All that was acknowledged, each once, and the summary agrees. */
  private static void assertHas(MonitorServiceBlockingStub stub, int acknowledged) {
    List<String> ids = ids(stub);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(IntStream.range(0, acknowledged).mapToObj(i -> "u-" + i).toList());
    assertThat(counted(stub)).isEqualTo(ids.size());
  }

  private static CreateReferenceRequest reference(String name) {
    return CreateReferenceRequest.newBuilder()
        .setActor("ops")
        .setReference(
            Reference.newBuilder()
                .setDisplayName(name)
                .setRolling(RollingWindow.ROLLING_WINDOW_LAST_WEEK))
        .build();
  }

  private static List<String> names(MonitorServiceBlockingStub stub) {
    return stub
        .listReferences(ListReferencesRequest.getDefaultInstance())
        .getReferencesList()
        .stream()
        .map(Reference::getDisplayName)
        .toList();
  }

  private static List<String> ids(MonitorServiceBlockingStub stub) {
    List<String> ids = new ArrayList<>();
    ListUtterancesRequest.Builder request = ListUtterancesRequest.newBuilder().setPageSize(500);
    ListUtterancesResponse page;
    do {
      page = stub.listUtterances(request.build());
      page.getRecordsList().forEach(record -> ids.add(record.getUtteranceId()));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return ids;
  }

  private static long counted(MonitorServiceBlockingStub stub) {
    StageSummary all =
        stub.getStageSummary(
                GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_PIPELINE).build())
            .getSummaries(0);
    assertThat(all.getClipSeconds().getCount()).isEqualTo(all.getUtteranceCount());
    return all.getUtteranceCount();
  }

  private List<UtteranceRecord> batch(int from) {
    return IntStream.range(from, from + BATCH)
        .mapToObj(i -> TestRecords.at(began, TestRecords.answered("u-" + i)).build())
        .toList();
  }

  private ForkedJvm monitor() {
    ForkedJvm jvm =
        ForkedJvm.start(
            MonitorMain.class,
            List.of("-XX:TieredStopAtLevel=1"),
            "--config",
            configuration.toString());
    jvm.awaitOutput("started", LIMIT);
    return jvm;
  }

  private interface Questions {
    void ask(MonitorServiceBlockingStub stub) throws Exception;
  }

  private void withMonitor(Questions questions) throws Exception {
    ManagedChannel channel = channel();
    try {
      questions.ask(
          MonitorServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS));
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel channel() {
    return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
