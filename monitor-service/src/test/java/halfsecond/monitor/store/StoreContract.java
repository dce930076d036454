// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static halfsecond.monitor.store.TestStores.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.MetricCodec;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.ReferenceCodec;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.rpc.UtteranceReader;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.CohortKey.Dimension;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every kind of database; each test has an empty one of its own. */
abstract class StoreContract {
  private static final TimeSpan DAY =
      new TimeSpan(NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(300));

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile Instant now = NOW;
  private Store store;

  /** The same place within one test. */
  abstract StoreConfig config();

  @BeforeEach
  void open() {
    store = opened(config());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsARecordOnceHoweverOftenItComes() {
    assertThat(append("u-1", "u-2")).isEqualTo(2);
    assertThat(append("u-2", "u-3")).isEqualTo(1);
    assertThat(append("u-1", "u-2", "u-3")).isZero();

    assertThat(seen).containsExactly("u-1", "u-2", "u-3");
    assertThat(ids(all(null, 10).encoded())).containsExactlyInAnyOrder("u-1", "u-2", "u-3");
  }

  @Test
  void knowsEverythingAgainInTheSameOrder() {
    append("u-1", "u-2");
    append("u-2", "u-3");
    List<Instant> times = new ArrayList<>();
    store.close();
    seen.clear();

    store =
        TestStores.open(
            config(),
            () -> now,
            (utterance, ingested) -> seen.add(utterance.id().utteranceId()),
            (utterance, ingested) -> times.add(ingested));

    assertThat(seen).containsExactly("u-1", "u-2", "u-3");
    assertThat(times).containsExactly(NOW, NOW, NOW);
    assertThat(append("u-3", "u-4")).isEqualTo(1);
    assertThat(seen).containsExactly("u-1", "u-2", "u-3", "u-4");
  }

  @Test
  void tellsOfMoreThanOnePageAtTheStart() {
    List<LogEntry> many =
        IntStream.range(0, 2_500).mapToObj(i -> entry(answered("u-" + i))).toList();
    done(store.records().append(many));
    store.close();
    seen.clear();

    store = opened(config());

    assertThat(seen)
        .hasSize(2_500)
        .startsWith("u-0", "u-1")
        .endsWith("u-2499")
        .doesNotHaveDuplicates();
  }

  @Test
  void anEmptyBatchEndsAfterThoseBeforeIt() {
    var first = store.records().append(List.of(entry(answered("u-1"))));

    assertThat(done(store.records().append(List.of()))).isZero();
    assertThat(first.toCompletableFuture()).isDone();
  }

  @Test
  void findsByEveryFilter() {
    UtteranceRecord.Builder slow =
        answered("slow").setLatency(TestRecords.latency(200, 210, 700, 710)).setSessionId("s-2");
    slow.getModelBuilder().setModelVersion("en-small@2");
    UtteranceRecord.Builder other =
        TestRecords.empty("empty")
            .setEncoding(AudioEncoding.AUDIO_ENCODING_MULAW)
            .setSampleRateHertz(8_000);
    other
        .getCohortBuilder()
        .setDevice("Pixel 10")
        .setAppVersion("4")
        .setRegion("us")
        .setTenant("umbrella\0");
    append(
        at(1, answered("plain")),
        at(2, slow),
        at(3, other),
        at(4, TestRecords.rejected("rejected")),
        at(5, TestRecords.cut("cut")),
        at(5, TestRecords.late("cut")));

    assertThat(found(new Filter())).containsExactly("cut", "rejected", "empty", "slow", "plain");
    assertThat(found(new Filter().session("s-2"))).containsExactly("slow");
    assertThat(found(new Filter().model("en-small@2"))).containsExactly("slow");
    assertThat(found(new Filter().model(RecordQuery.NO_MODEL))).containsExactly("rejected");
    assertThat(found(new Filter().latency(300))).containsExactly("cut", "empty", "slow", "plain");
    assertThat(found(new Filter().latency(301))).containsExactly("cut", "slow");
    assertThat(found(new Filter().latency(600))).containsExactly("slow");
    assertThat(found(new Filter().empty())).containsExactly("empty");
    assertThat(found(new Filter().rejected())).containsExactly("rejected");
    assertThat(found(new Filter().cohort(Dimension.DEVICE, "Pixel 10"))).containsExactly("empty");
    assertThat(found(new Filter().cohort(Dimension.APP_VERSION, "4"))).containsExactly("empty");
    assertThat(found(new Filter().cohort(Dimension.REGION, "us"))).containsExactly("empty");
    assertThat(found(new Filter().cohort(Dimension.TENANT, "umbrella\0"))).containsExactly("empty");
    assertThat(found(new Filter().cohort(Dimension.AUDIO_FORMAT, "MULAW/8000")))
        .containsExactly("empty");
    assertThat(found(new Filter().cohort(Dimension.DEVICE, "Pixel 9").model("en-small@2")))
        .containsExactly("slow");
    assertThat(found(new Filter().cohort(Dimension.DEVICE, "Pixel 9").empty())).isEmpty();
  }

  @Test
  void aSpanIsFromItsStartToBeforeItsEnd() {
    append(at(1, answered("a")), at(2, answered("b")), at(3, answered("c")));

    RecordQuery query = new Filter().query(new TimeSpan(NOW.plusSeconds(1), NOW.plusSeconds(3)));

    assertThat(ids(store.records().page(query, null, 10).encoded())).containsExactly("b", "a");
  }

  @Test
  void pagesStayWhatTheyAreWhileRecordsArrive() {
    for (int i = 0; i < 25; i++) {
      append(at(i / 3, answered("old-" + i)));
    }
    List<String> read = new ArrayList<>();
    RecordPage page = all(null, 7);
    while (true) {
      read.addAll(ids(page.encoded()));
      append(at(100 + read.size(), answered("newer-" + read.size())));
      append(at(-100 - read.size(), answered("older-" + read.size())));
      append(at(4, answered("between-" + read.size())));
      Position next = page.next();
      if (next == null) {
        break;
      }
      assertThat(page.encoded()).hasSize(7);
      page = all(next, 7);
    }

    List<String> expected =
        IntStream.range(0, 25).map(i -> 24 - i).mapToObj(i -> "old-" + i).toList();
    assertThat(read).containsExactlyElementsOf(expected);
  }

  @Test
  void aLastPageThatIsFullHasNoNext() {
    append("u-1", "u-2");

    assertThat(all(null, 2).next()).isNull();
    assertThat(all(null, 1).next()).isNotNull();
  }

  @Test
  void findsTheRevisionsOfAnUtteranceInOrder() {
    append(TestRecords.late("u-1"), TestRecords.cut("u-1"), answered("u-2"));

    assertThat(store.records().find("u-1"))
        .extracting(encoded -> parsed(encoded).getRevision())
        .containsExactly(1, 2);
    assertThat(store.records().find("u-3")).isEmpty();
  }

  @Test
  void keepsFeedbackOnceAndInOrderOfTime() {
    assertThat(done(store.feedback().append(List.of(feedback("f-2", 2), feedback("f-1", 1)))))
        .isEqualTo(2);
    assertThat(done(store.feedback().append(List.of(feedback("f-2", 2))))).isZero();
    store.close();
    store = opened(config());

    assertThat(store.feedback().about("u-1")).containsExactly(new byte[] {1}, new byte[] {2});
    assertThat(store.feedback().about("u-2")).isEmpty();
    assertThat(done(store.feedback().append(List.of(feedback("f-1", 1))))).isZero();
  }

  @Test
  void keepsDocumentsUntilTheyAreDeleted() {
    DocumentStore documents = store.documents();

    assertThat(documents.put("alarm", "b", new byte[] {1})).isEqualTo(1);
    assertThat(documents.put("alarm", "b", new byte[] {2})).isEqualTo(2);
    assertThat(documents.put("alarm", "a", new byte[] {3})).isEqualTo(1);
    assertThat(documents.put("reference", "b", new byte[] {4})).isEqualTo(1);
    documents.delete("alarm", "a");
    documents.delete("alarm", "never");
    store.close();
    store = opened(config());

    List<Document> alarms = store.documents().all("alarm");
    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).id()).isEqualTo("b");
    assertThat(alarms.get(0).version()).isEqualTo(2);
    assertThat(alarms.get(0).updated()).isEqualTo(NOW);
    assertThat(alarms.get(0).bytes()).containsExactly(2);
    assertThat(store.documents().all("reference")).hasSize(1);
  }

  @Test
  void tellsOfFeedbackWithItsRecordInTheOrderInWhichBothCame() {
    store.close();
    List<String> told = new ArrayList<>();
    store = reacting(told);
    react("f-1", "u-1", Feedback.Kind.REDO);
    append("u-1");
    react("f-2", "u-1", Feedback.Kind.CORRECTION);
    react("f-2", "u-1", Feedback.Kind.CORRECTION);
    react("f-3", "u-1", Feedback.Kind.CORRECTION);
    now = NOW.plusSeconds(1);
    append("u-2");
    react("f-4", "u-2", Feedback.Kind.CORRECTION);
    List<String> live =
        List.of(
            "REDO of nothing known, the first true",
            "u-1",
            "CORRECTION of u-1, the first true",
            "CORRECTION of u-1, the first false",
            "u-2",
            "CORRECTION of u-2, the first true");
    assertThat(told).isEqualTo(live);
    store.close();
    told.clear();

    store = reacting(told);

    assertThat(told)
        .containsExactly(
            "REDO of u-1, the first true",
            "CORRECTION of u-1, the first true",
            "CORRECTION of u-1, the first false",
            "u-1",
            "u-2",
            "CORRECTION of u-2, the first true");
    react("f-5", "u-2", Feedback.Kind.REDO);
    assertThat(told).last().isEqualTo("REDO of u-2, the first true");
  }

  private Store reacting(List<String> told) {
    Store opened = Store.open(config(), new UtteranceReader(), TestStores.metrics(), () -> now);
    opened.start(
        List.of(),
        List.of((utterance, at) -> told.add(utterance.id().utteranceId())),
        List.of(
            (feedback, first, about, at) ->
                told.add(
                    feedback.kind()
                        + " of "
                        + (about == null ? "nothing known" : about.id().utteranceId())
                        + ", the first "
                        + first)));
    return opened;
  }

  private void react(String id, String utterance, Feedback.Kind kind) {
    Feedback feedback = new Feedback(id, utterance, NOW, kind, null, null, null, null);
    byte[] encoded =
        halfsecond.monitor.v1.Feedback.newBuilder()
            .setFeedbackId(id)
            .setUtteranceId(utterance)
            .setEventTime(TestRecords.answered("x").getEventTime())
            .setKind(halfsecond.monitor.v1.Feedback.Kind.valueOf("KIND_" + kind))
            .build()
            .toByteArray();
    int unused = done(store.feedback().append(List.of(new FeedbackEntry(feedback, now, encoded))));
  }

  @Test
  void keepsReferencesAndMetricsAsTheyWere() {
    Keeper<StoredReference> references =
        new KeptDocuments<>(store.documents(), "reference", new ReferenceCodec());
    Aggregate sum = new Aggregate();
    IntStream.range(0, 500).forEach(i -> sum.measured(i / 7.0));
    references.keep(reference("r-1", Map.of()));
    references.keep(
        reference("r-2", Map.of("asr.queue_depth", new StoredReference.Sum(sum, 60, 0.5))));
    references.forget("r-1");
    MetricCatalogue catalogue = catalogue();
    catalogue.declare(metric("How many wait."));
    catalogue.declare(metric("How many clips wait."));
    store.close();
    store = opened(config());

    List<StoredReference> kept =
        new KeptDocuments<>(store.documents(), "reference", new ReferenceCodec()).all();
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).reference()).isEqualTo(reference("r-2", Map.of()).reference());
    assertThat(kept.get(0).sums()).containsOnlyKeys("asr.queue_depth");
    assertThat(catalogue().find("asr.queue_depth")).isEqualTo(metric("How many clips wait."));
    assertThat(catalogue().all()).hasSize(MetricCatalogue.builtIn().all().size() + 1);
  }

  @Test
  void whatIsNotUnderstoodIsLeftOut() {
    long unused = store.documents().put("metric", "asr.odd", new byte[] {9, 9});
    catalogue().declare(metric("How many wait."));

    assertThat(catalogue().all()).hasSize(MetricCatalogue.builtIn().all().size() + 1);
  }

  private MetricCatalogue catalogue() {
    return MetricCatalogue.kept(
        new KeptDocuments<>(store.documents(), "metric", new MetricCodec()));
  }

  private static Metric metric(String description) {
    return new Metric(
        "asr.queue_depth",
        Stage.ASR,
        Metric.Kind.GAUGE,
        "{clip}",
        Metric.Direction.UP_IS_WORSE,
        TestKind.ADAPTIVE_BAND,
        description,
        Metric.Source.DECLARED);
  }

  private static StoredReference reference(String id, Map<String, StoredReference.Sum> sums) {
    return new StoredReference(
        new Reference(
            id,
            "before the release",
            new Reference.Pinned(new TimeSpan(NOW.minusSeconds(3_600), NOW)),
            new Who("en-small@1", new CohortKey(Dimension.DEVICE, "Pixel 9")),
            null,
            new Reference.Made(NOW, "ops", "to compare with")),
        sums);
  }

  @Test
  void aDocumentHasANameOfReasonableLength() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store.documents().put("", "a", new byte[0]));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store.documents().put("alarm", "a".repeat(201), new byte[0]));
  }

  @Test
  void deletesTheOldestRecordsBeyondTheirNumber() {
    store.close();
    store = opened(TestStores.keeping(config(), Duration.ofDays(14), 1_000));

    for (int batch = 0; batch < 10; batch++) {
      int from = batch * 300;
      List<LogEntry> entries =
          IntStream.range(from, from + 300).mapToObj(i -> entry(answered("u-" + i))).toList();
      done(store.records().append(entries));
    }

    await().untilAsserted(() -> assertThat(store.records().find("u-1999")).isEmpty());
    assertThat(store.records().find("u-2000")).hasSize(1);
    assertThat(store.records().find("u-2999")).hasSize(1);
  }

  @Test
  void deletesRecordsAndFeedbackOfThatAge() {
    append("u-1");
    done(store.feedback().append(List.of(feedback("f-1", 1))));
    now = NOW.plus(Duration.ofDays(13));
    append(entry(answered("u-2"), now));
    now = NOW.plus(Duration.ofDays(14)).plusSeconds(1);

    await().untilAsserted(() -> assertThat(store.records().find("u-1")).isEmpty());
    await().untilAsserted(() -> assertThat(store.feedback().about("u-1")).isEmpty());
    assertThat(store.records().find("u-2")).hasSize(1);
  }

  private Store opened(StoreConfig config) {
    return TestStores.open(
        config, () -> now, (utterance, ingested) -> seen.add(utterance.id().utteranceId()));
  }

  final Store store() {
    return store;
  }

  private int append(String... ids) {
    UtteranceRecord.Builder[] records = new UtteranceRecord.Builder[ids.length];
    for (int i = 0; i < ids.length; i++) {
      records[i] = answered(ids[i]);
    }
    return append(records);
  }

  private int append(UtteranceRecord.Builder... records) {
    List<LogEntry> entries = new ArrayList<>();
    for (UtteranceRecord.Builder record : records) {
      entries.add(entry(record));
    }
    return done(store.records().append(entries));
  }

  private int append(LogEntry entry) {
    return done(store.records().append(List.of(entry)));
  }

  private RecordPage all(@Nullable Position after, int most) {
    return store.records().page(new Filter().query(DAY), after, most);
  }

  private List<String> found(Filter filter) {
    return ids(store.records().page(filter.query(DAY), null, 10).encoded());
  }

  private static UtteranceRecord.Builder at(int seconds, UtteranceRecord.Builder record) {
    return TestRecords.at(NOW.plusSeconds(seconds), record);
  }

  private static List<String> ids(List<byte[]> encoded) {
    return encoded.stream().map(bytes -> parsed(bytes).getUtteranceId()).toList();
  }

  private static UtteranceRecord parsed(byte[] encoded) {
    try {
      return UtteranceRecord.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private FeedbackEntry feedback(String id, int second) {
    Feedback feedback =
        new Feedback(
            id, "u-1", NOW.plusSeconds(second), Feedback.Kind.ACCEPT, null, null, null, null);
    return new FeedbackEntry(feedback, now, new byte[] {(byte) second});
  }

  /** A query, one word at a time. */
  static final class Filter {
    private @Nullable String session;
    private @Nullable String model;
    private @Nullable CohortKey cohort;
    private @Nullable Duration latency;
    private boolean empty;
    private boolean rejected;

    Filter session(String id) {
      session = id;
      return this;
    }

    Filter model(String version) {
      model = version;
      return this;
    }

    Filter cohort(Dimension dimension, String value) {
      cohort = new CohortKey(dimension, value);
      return this;
    }

    Filter latency(int millis) {
      latency = Duration.ofMillis(millis);
      return this;
    }

    Filter empty() {
      empty = true;
      return this;
    }

    Filter rejected() {
      rejected = true;
      return this;
    }

    RecordQuery query(TimeSpan span) {
      return new RecordQuery(span, session, model, cohort, latency, empty, rejected);
    }
  }
}
