package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The columns of all features of a large store, as a tool asks for them. */
public class ListColumns extends StoreBenchmark {
  @Param("2000")
  public int features;

  private Connection ours;
  private Connection handWritten;

  /** For JMH. */
  @SuppressWarnings("NullAway")
  public ListColumns() {}

  @Override
  void open(BenchmarkStore data) throws SQLException {
    data.addManyFeatures(features);
    ours = data.connect();
    handWritten = data.connectNatively();
    if (ours() < expected()) {
      throw new IllegalStateException("%d of %d are listed".formatted(ours(), expected()));
    }
  }

  /** How many there are at least. */
  long expected() {
    return (long) features * BenchmarkStore.MANY_COLUMNS;
  }

  @Override
  void close() throws SQLException {
    ours.close();
    handWritten.close();
  }

  @Benchmark
  public long ours() throws SQLException {
    return count(list(ours.getMetaData(), "active"));
  }

  @Benchmark
  public long handWritten() throws SQLException {
    return count(list(handWritten.getMetaData(), handWritten.getSchema()));
  }

  ResultSet list(DatabaseMetaData metaData, String schema) throws SQLException {
    return metaData.getColumns(null, schema, "many%", "%");
  }

  /** Reads names and types, as tools do. */
  private static long count(ResultSet rows) throws SQLException {
    long count = 0;
    try (rows) {
      while (rows.next()) {
        if (rows.getString("TABLE_NAME").isEmpty()) {
          throw new IllegalStateException("a table without a name");
        }
        count++;
      }
    }
    return count;
  }
}
