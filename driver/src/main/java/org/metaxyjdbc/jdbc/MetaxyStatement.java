package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.AvaticaStatement;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.session.Session;

/** A statement without parameters. */
class MetaxyStatement extends AvaticaStatement {
  private final StatementExecutor executor;
  private final List<String> batch = new ArrayList<>();

  /** Results that the user said to keep while going on to the next. */
  private final List<MetaxyResultSet> kept = new ArrayList<>();

  private @Nullable MetaxyResultSet result;
  private boolean poolable;
  private @Nullable RecordRows records;
  private @Nullable SQLWarning warning;
  private @Nullable KeyColumns keyColumns;
  private @Nullable GeneratedKeys keys;

  MetaxyStatement(
      StatementConnection connection,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability,
      @Nullable KeyColumns keyColumns)
      throws SQLException {
    super(connection, null, resultSetType, resultSetConcurrency, resultSetHoldability);
    this.executor = connection.executor(this);
    this.keyColumns = keyColumns;
    this.updateCount = -1;
    super.setFetchSize(0);
    super.setFetchDirection(ResultSet.FETCH_FORWARD);
  }

  /** The connection, where it is one of a store. */
  final MetaxyConnection metaxyConnection() {
    return (MetaxyConnection) connection;
  }

  private StatementConnection statementConnection() {
    return (StatementConnection) connection;
  }

  final StatementExecutor executor() {
    return executor;
  }

  @Override
  protected final void checkOpen() throws SQLException {
    if (closed) {
      throw new MetaxyException(SqlState.SEQUENCE_ERROR, "The statement is closed")
          .toSqlException();
    }
    statementConnection().checkOpen();
  }

  @Override
  public final boolean isClosed() throws SQLException {
    return closed || connection.isClosed();
  }

  static SQLException sequenceError(String message) {
    return new MetaxyException(SqlState.SEQUENCE_ERROR, message).toSqlException();
  }

  private static void requireNotNegative(String what, long value) throws SQLException {
    if (value < 0) {
      throw new MetaxyException(SqlState.INVALID_ARGUMENT, "%s cannot be %d".formatted(what, value))
          .toSqlException();
    }
  }

  /** An execution begins. */
  final void begin() throws SQLException {
    checkOpen();
    closeResults();
    warning = null;
    records = null;
  }

  /** Says what this execution's query gives, where its result set is to change it. */
  final void change(RecordRows rows) {
    records = rows;
  }

  /** Says why a result set is read only. */
  final void warn(SQLWarning reason) {
    warning = reason;
  }

  /** This execution gives no keys: it failed, or runs elsewhere. */
  final void withoutKeys() {
    keys = null;
  }

  /** Shows what came of an execution; whether that is a result set. */
  final boolean show(StatementRunner.Outcome outcome) {
    result = outcome.resultSet();
    updateCount = outcome.updateCount();
    return result != null;
  }

  /** Says why a result set is read only where an updatable one was asked for. */
  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warning;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warning = null;
  }

  final ResultSet showRows(StatementRunner.Outcome outcome) {
    show(outcome);
    return Objects.requireNonNull(result);
  }

  final long showCount(StatementRunner.Outcome outcome) {
    show(outcome);
    return updateCount;
  }

  /** Another execution closes the results of the one before, which does not complete anything. */
  private void closeResults() {
    boolean close = closeOnCompletion;
    closeOnCompletion = false;
    closeAll();
    result = null;
    updateCount = -1;
    keys = keyColumns == null ? null : new GeneratedKeys(keyColumns);
    closeOnCompletion = close;
  }

  private void closeAll() {
    if (result != null) {
      result.close();
    }
    if (!kept.isEmpty()) {
      kept.forEach(MetaxyResultSet::close);
      kept.clear();
    }
  }

  /** A result was closed. */
  final void resultClosed() {
    if (closeOnCompletion) {
      close_();
    }
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return result;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    checkOpen();
    return show(executor.execute(sql, StatementExecutor.Wanted.ANYTHING));
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    checkOpen();
    return showRows(executor.execute(sql, StatementExecutor.Wanted.ROWS));
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    checkOpen();
    return showCount(executor.execute(sql, StatementExecutor.Wanted.COUNT));
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    return returning(KeyColumns.of(autoGeneratedKeys), () -> execute(sql));
  }

  @Override
  public boolean execute(String sql, int[] columnIndexes) throws SQLException {
    return returning(KeyColumns.of(columnIndexes), () -> execute(sql));
  }

  @Override
  public boolean execute(String sql, String[] columnNames) throws SQLException {
    return returning(KeyColumns.of(columnNames), () -> execute(sql));
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return returning(KeyColumns.of(autoGeneratedKeys), () -> executeUpdate(sql));
  }

  @Override
  public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
    return returning(KeyColumns.of(columnIndexes), () -> executeUpdate(sql));
  }

  @Override
  public int executeUpdate(String sql, String[] columnNames) throws SQLException {
    return returning(KeyColumns.of(columnNames), () -> executeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return returning(KeyColumns.of(autoGeneratedKeys), () -> executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
    return returning(KeyColumns.of(columnIndexes), () -> executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
    return returning(KeyColumns.of(columnNames), () -> executeLargeUpdate(sql));
  }

  private <T> T returning(@Nullable KeyColumns columns, Session.Work<T> execution)
      throws SQLException {
    KeyColumns before = keyColumns;
    keyColumns = columns;
    try {
      return execution.run();
    } finally {
      keyColumns = before;
    }
  }

  /** What the rows of this execution's query are, where its result set is to change them. */
  final @Nullable RecordRows records() {
    return records;
  }

  /** Where the keys go that this execution is to give back; null where it is to give none. */
  final @Nullable GeneratedKeys generatedKeys() {
    return keys;
  }

  /**
   * The ids of the records that the last INSERT has inserted, or those of their columns that were
   * asked for by name or number, Metaxy's own among them; one row a record. Without columns where
   * nothing was asked for, and after other statements.
   */
  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    if (keys != null) {
      return keys.result(this);
    }
    SimpleResultSet none = new SimpleResultSet();
    none.setAutoClose(false);
    return MetaxyResultSet.ofRows(null, none);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    begin();
    List<String> statements = List.copyOf(batch);
    batch.clear();
    return executor.executeBatch(statements);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    switch (current) {
      case CLOSE_CURRENT_RESULT -> {
        if (result != null) {
          result.close();
        }
      }
      case KEEP_CURRENT_RESULT -> {
        if (result != null) {
          kept.add(result);
        }
      }
      case CLOSE_ALL_RESULTS -> closeResults();
      default ->
          throw new MetaxyException(
                  SqlState.INVALID_ARGUMENT, "There is no way %d to go on".formatted(current))
              .toSqlException();
    }
    result = null;
    updateCount = -1;
    return false;
  }

  @Override
  protected void close_() {
    closeAll();
    if (!closed) {
      executor.close();
    }
    super.close_();
  }

  @Override
  public synchronized void cancel() throws SQLException {
    checkOpen();
    executor.cancel();
  }

  @Override
  public void setLargeMaxRows(long maxRows) throws SQLException {
    checkOpen();
    requireNotNegative("The number of rows", maxRows);
    super.setLargeMaxRows(maxRows);
  }

  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    checkOpen();
    requireNotNegative("The size of a field", max);
    if (max > 0) {
      throw MetaxyException.unsupported("Values are never cut off; use SUBSTRING").toSqlException();
    }
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    requireNotNegative("The timeout", seconds);
    super.setQueryTimeout(Math.min(seconds, Integer.MAX_VALUE / 1000));
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    requireNotNegative("The fetch size", rows);
    super.setFetchSize(rows);
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    super.setFetchDirection(MetaxyResultSet.fetchDirection(direction));
  }

  /** Escapes are a part of the grammar, and always understood. */
  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
  }

  /** Of no use without positioned updates, where JDBC says to do nothing. */
  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
    this.poolable = poolable;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  /** Quotes a name; a quote in it is doubled. */
  @Override
  public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
    return !alwaysQuote && isSimpleIdentifier(identifier)
        ? identifier
        : '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.unwrap(this, null, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, null, type);
  }
}
