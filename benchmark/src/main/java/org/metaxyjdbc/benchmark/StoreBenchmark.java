package org.metaxyjdbc.benchmark;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A benchmark on a store made for it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class StoreBenchmark {
  /** A prime, so that one record after the other is met in no order that a page has. */
  private static final long STEP = 7_919;

  @Param("H2")
  public StoreKind store;

  @Param("30000")
  public int records;

  @Param("3")
  public int versions;

  /** Whether the other side reads tables that hold nothing but the current rows. */
  @Param("false")
  public boolean plain;

  private BenchmarkStore data;
  private long record;

  /** For JMH, which sets the parameters. */
  @SuppressWarnings("NullAway")
  protected StoreBenchmark() {}

  @Setup(Level.Trial)
  public void setUp() throws SQLException {
    data = new BenchmarkStore(store, records, versions);
    if (plain) {
      data.addPlainTables();
    }
    open(data);
  }

  @TearDown(Level.Trial)
  public void tearDown() throws SQLException {
    close();
    data.close();
  }

  /** Opens what the benchmark uses on the store. */
  abstract void open(BenchmarkStore data) throws SQLException;

  abstract void close() throws SQLException;

  BenchmarkStore data() {
    return data;
  }

  /** The id of another record at each call, until all have been met. */
  long nextId() {
    record = (record + STEP) % records;
    return record + 1;
  }

  /** Begins again with the first record. */
  void firstId() {
    record = 0;
  }
}
