// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.GetThresholdsRequest;
import halfsecond.monitor.v1.GetThresholdsResponse;
import halfsecond.monitor.v1.Pace;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.Threshold;
import halfsecond.monitor.v1.ThresholdChange;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract says of thresholds. */
final class ThresholdCallsTest {
  private static final String NULLS = "asr.null_transcripts";
  private static final CohortLabel BANK =
      CohortLabel.newBuilder()
          .setDimension(CohortDimension.COHORT_DIMENSION_TENANT)
          .setValue("bank")
          .build();

  private ServedMonitor monitor;

  @BeforeEach
  void start() throws IOException {
    monitor = new ServedMonitor();
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  @Test
  void saysWhatIsInForceFromTheFirstDay() {
    GetThresholdsResponse response = get("");

    assertThat(response.getThresholdsList())
        .filteredOn(
            it -> Watchlist.builtIn().stream().anyMatch(w -> w.metric().equals(it.getMetric())))
        .hasSize(Watchlist.builtIn().size())
        .allSatisfy(
            it -> {
              assertThat(it.getMinimumEffect()).isPositive();
              assertThat(it.getSignificance()).isEqualTo(0.001);
              assertThat(it.getMinimumCount()).isEqualTo(500);
              assertThat(it.getEtag()).isEmpty();
            });
    assertThat(response.getThresholdsList()).extracting(Threshold::getMetric).isSorted();
    assertThat(response.getHistoryList()).isEmpty();
  }

  @Test
  void whatIsSetIsInForceRecordedAndCanBeRemoved() {
    Threshold everybody = set(threshold().setMinimumEffect(0.05).setHold(Durations.fromMinutes(5)));
    Threshold ofBank = set(threshold().setCohort(BANK).setMuted(true));

    assertThat(everybody.getMinimumEffect()).isEqualTo(0.05);
    assertThat(everybody.getHold()).isEqualTo(Durations.fromMinutes(5));
    assertThat(everybody.getSignificance()).as("the default").isEqualTo(0.001);
    assertThat(ofBank.getMuted()).isTrue();
    assertThat(ofBank.getMinimumEffect()).as("not that of everybody").isEqualTo(0.005);
    assertThat(get(NULLS).getThresholdsList()).containsExactly(everybody, ofBank);
    assertThat(get("").getThresholdsList()).contains(everybody, ofBank);

    Threshold removed =
        stub().setThreshold(request(threshold()).setRemove(true).build()).getThreshold();

    assertThat(removed.getMinimumEffect()).isEqualTo(0.005);
    assertThat(removed.getHold()).isEqualTo(Durations.ZERO);
    GetThresholdsResponse after = get(NULLS);
    assertThat(after.getThresholdsList()).containsExactly(removed, ofBank);
    assertThat(after.getHistoryList())
        .extracting(ThresholdChange::getActor)
        .containsExactly("ops", "ops", "ops");
    ThresholdChange last = after.getHistory(0);
    assertThat(last.getThreshold()).isEqualTo(threshold().build());
    assertThat(last.getPrevious())
        .isEqualTo(threshold().setMinimumEffect(0.05).setHold(Durations.fromMinutes(5)).build());
    assertThat(last.getComment()).isEqualTo("too many alarms");
    assertThat(after.getHistory(2).hasPrevious()).isFalse();
  }

  @Test
  void guardsAgainstActingOnWhatHasChangedSince() {
    Threshold first = set(threshold().setMuted(true));
    Threshold second =
        stub()
            .setThreshold(request(threshold().setMinimumEffect(1)).setEtag(first.getEtag()).build())
            .getThreshold();

    assertThat(second.getEtag()).isNotEqualTo(first.getEtag());
    assertRefused(
        request(threshold()).setRemove(true).setEtag(first.getEtag()), Reason.STATE_CONFLICT, "");
    assertThat(get(NULLS).getThresholdsList()).containsExactly(second);
  }

  @Test
  void whatCannotBeKeptIsNotObeyed() {
    monitor.closeStore();

    assertRefused(request(threshold().setMuted(true)), Reason.BACKEND_UNAVAILABLE, "");

    assertThat(get(NULLS).getThresholds(0).getMuted()).isFalse();
    assertThat(get(NULLS).getHistoryList()).isEmpty();
  }

  @Test
  void limitsAreSetWhereTheTestIsALimit() {
    Threshold usual = get("asr.errors").getThresholds(0);
    Threshold set =
        stub()
            .setThreshold(
                request(threshold().setMetric("asr.errors").setUpperLimit(0.5).setLowerLimit(0))
                    .build())
            .getThreshold();

    assertThat(usual.getUpperLimit()).isZero();
    assertThat(usual.hasUpperLimit()).isTrue();
    assertThat(usual.hasLowerLimit()).isFalse();
    assertThat(usual.hasSignificance()).as("a limit is a limit").isFalse();
    assertThat(set.getUpperLimit()).isEqualTo(0.5);
    assertThat(set.hasLowerLimit()).isTrue();
    assertThat(get("asr.errors").getThresholdsList()).containsExactly(set);
    assertRefused(
        request(threshold().setMetric("asr.errors").setUpperLimit(1).setLowerLimit(2)),
        Reason.FIELD_INVALID,
        "threshold.upper_limit");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("threshold", SetThresholdRequest.Builder::clearThreshold),
        wrong("threshold.metric", it -> it.getThresholdBuilder().clearMetric()),
        wrong("threshold.metric", it -> it.getThresholdBuilder().setMetric("asr.cpu")),
        wrong("threshold.model_version", it -> it.getThresholdBuilder().setModelVersion("a@1")),
        wrong("threshold.lower_limit", it -> it.getThresholdBuilder().setLowerLimit(1)),
        wrong("threshold.upper_limit", it -> it.getThresholdBuilder().setUpperLimit(1)),
        wrong(
            "threshold.significance",
            it -> it.getThresholdBuilder().setMetric("asr.memory").setSignificance(0.1)),
        wrong("threshold.pace", it -> it.getThresholdBuilder().setPace(Pace.PACE_FAST)),
        wrong("threshold.etag", it -> it.getThresholdBuilder().setEtag("x")),
        wrong("threshold.significance", it -> it.getThresholdBuilder().setSignificance(0.6)),
        wrong("threshold.minimum_effect", it -> it.getThresholdBuilder().setMinimumEffect(-1)),
        wrong("threshold.minimum_count", it -> it.getThresholdBuilder().setMinimumCount(0)),
        wrong("threshold.hold", it -> it.getThresholdBuilder().setHold(Durations.fromHours(25))),
        wrong("threshold", it -> it.getThresholdBuilder().clearMuted()),
        wrong("threshold", it -> it.setRemove(true)),
        wrong("actor", it -> it.setActor(" ")),
        wrong("comment", it -> it.setComment("")));
  }

  private static Arguments wrong(String field, Consumer<SetThresholdRequest.Builder> change) {
    return Arguments.of(field, change);
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("wrong")
  void aFieldThatIsWrongIsNamed(String field, Consumer<SetThresholdRequest.Builder> change) {
    SetThresholdRequest.Builder request = request(threshold().setMuted(true));
    change.accept(request);

    assertRefused(request, Reason.FIELD_INVALID, field);
  }

  @Test
  void theMetricMustBeThereAndSomethingToRemove() {
    assertRefused(
        request(threshold().setMetric("asr.mood").setMuted(true)), Reason.NOT_FOUND, "metric");
    assertRefused(request(threshold()).setRemove(true), Reason.NOT_FOUND, "");
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> get("asr.mood"))
        .satisfies(e -> assertThat(Statuses.reasonOf(e)).isEqualTo(Optional.of(Reason.NOT_FOUND)));
  }

  private void assertRefused(SetThresholdRequest.Builder request, Reason reason, String field) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> stub().setThreshold(request.build()))
        .satisfies(e -> assertThat(Statuses.reasonOf(e)).isEqualTo(Optional.of(reason)))
        .satisfies(
            e ->
                assertThat(Statuses.toRefusal(e).metadata().getOrDefault("field", field))
                    .isEqualTo(field));
  }

  private Threshold set(Threshold.Builder threshold) {
    return stub().setThreshold(request(threshold).build()).getThreshold();
  }

  private GetThresholdsResponse get(String metric) {
    return stub()
        .getThresholds(
            GetThresholdsRequest.newBuilder().setMetric(metric).setIncludeHistory(true).build());
  }

  private static SetThresholdRequest.Builder request(Threshold.Builder threshold) {
    return SetThresholdRequest.newBuilder()
        .setThreshold(threshold)
        .setActor("ops")
        .setComment("too many alarms");
  }

  private static Threshold.Builder threshold() {
    return Threshold.newBuilder().setMetric(NULLS);
  }

  private halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub stub() {
    return monitor.stub();
  }
}
