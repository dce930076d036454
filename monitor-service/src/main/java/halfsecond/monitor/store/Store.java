// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.concurrent.Ticker;
import halfsecond.common.lifecycle.StartException;
import halfsecond.monitor.telemetry.StoreMetrics;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the monitor keeps. Opened, then started once with those who learn of every record, then used
 * by any thread. Closing writes what was handed over, unless that fails.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  /** Batches that may wait: more than reporters can have on the way. */
  private static final int CAPACITY = 1_000;

  private final Database database;
  private final RecordFeed feed;
  private final FeedbackFeed reactions;
  private final Retention retention;
  private final StoreWriter writer;
  private final RecordLog records;
  private final FeedbackLog feedback;
  private final DocumentStore documents;

  private Store(
      Database database,
      RecordFeed feed,
      FeedbackFeed reactions,
      Retention retention,
      StoreMetrics metrics,
      InstantSource clock) {
    this.database = database;
    this.feed = feed;
    this.reactions = reactions;
    this.retention = retention;
    Ticker ticker = Ticker.system();
    Upkeep upkeep = new Upkeep(feed, reactions, database.engine().shared(), retention, ticker);
    writer = new StoreWriter(database, upkeep, metrics, ticker, CAPACITY);
    records = new SqlRecordLog(database, writer, feed);
    feedback = new SqlFeedbackLog(database, writer, reactions);
    documents = new SqlDocuments(database, clock);
    metrics.observe(writer::waiting, retention::records);
  }

  /**
   * Opens the database that the configuration names and brings its tables up to date.
   *
   * @param decoder reads what was kept
   * @param metrics owned by the caller, to be closed before this
   * @throws StartException if it cannot be used
   */
  public static Store open(
      StoreConfig config, RecordDecoder decoder, StoreMetrics metrics, InstantSource clock) {
    return open(engine(config), config, decoder, metrics, clock);
  }

  /** The same with any engine, which is closed with it. */
  static Store open(
      Engine engine,
      StoreConfig config,
      RecordDecoder decoder,
      StoreMetrics metrics,
      InstantSource clock) {
    Database database = new Database(engine);
    try {
      Schema.prepare(database);
      long most = engine.inMemory() ? config.mostInMemory() : config.mostRecords();
      RecordFeed feed = new RecordFeed(database, decoder);
      Retention retention = new Retention(database, config.kept(), most, clock);
      FeedbackFeed reactions = new FeedbackFeed(database, decoder);
      return new Store(database, feed, reactions, retention, metrics, clock);
    } catch (SQLException e) {
      database.close();
      throw unusable(engine, e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Tells of everything that is kept, then begins to write and to tell of what comes. Waits until
   * all was told, which takes about a minute of one core for a million records.
   *
   * @param restoring told of what is kept now and of nothing that comes later
   * @param consumers told of both
   * @param feedback told of what users did, now and later
   * @throws StartException if it cannot be read
   */
  public void start(
      List<RecordConsumer> restoring,
      List<RecordConsumer> consumers,
      List<FeedbackConsumer> feedback) {
    long begun = System.nanoTime();
    LOG.atInfo().addKeyValue("store", database.engine().name()).log("reading what was kept");
    try {
      reactions.consumers(feedback);
      long told = feed.restore(restoring, consumers, reactions);
      boolean unused = retention.step();
      LOG.atInfo()
          .addKeyValue("store", database.engine().name())
          .addKeyValue("records", told)
          .addKeyValue("unreadable", feed.unreadable())
          .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
          .log("what was kept is known again");
    } catch (SQLException e) {
      throw unusable(database.engine(), e);
    }
    writer.start();
  }

  public RecordLog records() {
    return records;
  }

  public FeedbackLog feedback() {
    return feedback;
  }

  public DocumentStore documents() {
    return documents;
  }

  @Override
  public void close() {
    writer.close();
    database.close();
  }

  private static Engine engine(StoreConfig config) {
    if (config.postgres().isPresent()) {
      return new PostgresEngine(config.postgres().get());
    }
    if (config.directory().isPresent()) {
      return SqliteEngine.in(config.directory().get());
    }
    // Not a warning: demonstrations and tests want it so.
    LOG.atInfo()
        .addKeyValue("most_records", config.mostInMemory())
        .log("records are kept in memory only: set halfsecond.monitor.store.directory");
    return SqliteEngine.memory();
  }

  private static StartException unusable(Engine engine, SQLException e) {
    return new StartException("cannot use the store " + engine.name() + ": " + e.getMessage(), e);
  }
}
