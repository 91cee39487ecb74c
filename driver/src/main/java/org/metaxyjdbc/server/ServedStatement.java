package org.metaxyjdbc.server;

import java.sql.BatchUpdateException;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireFrame;
import org.metaxyjdbc.wire.WireValue;

/** A statement of a client, and the result that it reads. */
final class ServedStatement {
  /** What came of an execution: rows, or an update count. */
  record Result(@Nullable ServedRows rows, long updateCount, int frameSize) {}

  private final Statement statement;
  private @Nullable ServedRows rows;
  private long @Nullable [] failedCounts;

  ServedStatement(Statement statement) {
    this.statement = statement;
  }

  private PreparedStatement prepared() {
    if (statement instanceof PreparedStatement prepared) {
      return prepared;
    }
    throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement was not prepared");
  }

  /** What it returns and which parameters it has. */
  Meta.Signature signature() throws SQLException {
    ParameterMetaData metaData = prepared().getParameterMetaData();
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (int i = 1; i <= metaData.getParameterCount(); i++) {
      parameters.add(
          new AvaticaParameter(
              metaData.isSigned(i),
              metaData.getPrecision(i),
              metaData.getScale(i),
              metaData.getParameterType(i),
              metaData.getParameterTypeName(i),
              metaData.getParameterClassName(i),
              "?" + i));
    }
    return ServedRows.signature(prepared().getMetaData(), parameters);
  }

  /** Limits what runs next: rows and seconds, 0 for no limit. */
  void limit(long maxRows, int seconds) throws SQLException {
    statement.setLargeMaxRows(maxRows);
    statement.setQueryTimeout(seconds);
  }

  /** Runs a text; {@code wanted} is as {@link WireFrame} says. */
  Result execute(String sql, long maxRows, int wanted) throws SQLException {
    begin(wanted);
    if (maxRows > 0) {
      statement.setLargeMaxRows(maxRows);
    }
    if (wanted == WireFrame.COUNT) {
      return new Result(null, statement.executeLargeUpdate(sql), 0);
    }
    return WireFrame.isAnything(wanted)
        ? result(statement.execute(sql), wanted)
        : rows(statement.executeQuery(sql), wanted);
  }

  /** Runs the prepared statement with these values. */
  Result execute(List<TypedValue> values, int wanted) throws SQLException {
    begin(wanted);
    PreparedStatement prepared = prepared();
    bind(prepared, values);
    if (wanted == WireFrame.COUNT) {
      return new Result(null, prepared.executeLargeUpdate(), 0);
    }
    return WireFrame.isAnything(wanted)
        ? result(prepared.execute(), wanted)
        : rows(prepared.executeQuery(), wanted);
  }

  private void begin(int wanted) throws SQLException {
    closeRows();
    statement.setFetchSize(WireFrame.size(wanted));
  }

  private Result result(boolean hasRows, int wanted) throws SQLException {
    return hasRows
        ? rows(statement.getResultSet(), wanted)
        : new Result(null, statement.getLargeUpdateCount(), 0);
  }

  private Result rows(ResultSet result, int wanted) throws SQLException {
    rows = new ServedRows(result);
    return new Result(rows, -1, WireFrame.size(wanted));
  }

  private static void bind(PreparedStatement prepared, List<TypedValue> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = WireValue.inParameter(values.get(i));
      if (value instanceof WireValue.TypedNull none) {
        prepared.setNull(i + 1, none.jdbcType());
      } else {
        prepared.setObject(i + 1, value);
      }
    }
  }

  /** The next rows of the result. */
  Meta.Frame fetch(int limit) throws SQLException {
    return rows == null ? Meta.Frame.EMPTY : rows.next(WireFrame.size(limit));
  }

  long[] executeTexts(List<String> texts) throws SQLException {
    for (String text : texts) {
      statement.addBatch(text);
    }
    return executeBatch();
  }

  long[] executeValues(List<List<TypedValue>> executions) throws SQLException {
    PreparedStatement prepared = prepared();
    for (List<TypedValue> values : executions) {
      bind(prepared, values);
      prepared.addBatch();
    }
    return executeBatch();
  }

  private long[] executeBatch() throws SQLException {
    closeRows();
    failedCounts = null;
    try {
      return statement.executeLargeBatch();
    } catch (BatchUpdateException e) {
      failedCounts = e.getLargeUpdateCounts();
      throw e;
    } finally {
      statement.clearBatch();
    }
  }

  /** The counts of the last batch, if it failed; else null. */
  long @Nullable [] failedCounts() {
    return failedCounts;
  }

  void cancel() throws SQLException {
    statement.cancel();
  }

  void closeRows() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  void close() throws SQLException {
    statement.close();
  }
}
