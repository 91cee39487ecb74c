package org.metaxyjdbc.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.wire.WireCall;
import org.metaxyjdbc.wire.WireFrame;
import org.metaxyjdbc.wire.WireValue;

/** The rows of a result of a server, which sends the next ones when they are read. */
final class RemoteRows implements SimpleRowSource {
  private final RemoteSession session;
  private final int statementId;
  private final int frameSize;
  private final ValueKind[] kinds;
  private Iterator<Object> frame;
  private long offset;
  private boolean isDone;

  private RemoteRows(
      RemoteSession session, Service.ResultSetResponse response, int frameSize, ValueKind[] kinds) {
    this.session = session;
    this.statementId = response.statementId;
    this.frameSize = frameSize;
    this.kinds = kinds;
    this.frame = response.firstFrame.rows.iterator();
    this.isDone = response.firstFrame.done;
  }

  /** The result set of a response, for {@code statement} if there is one. */
  static MetaxyResultSet of(
      @Nullable MetaxyStatement statement,
      RemoteSession session,
      Service.ResultSetResponse response)
      throws SQLException {
    List<ColumnMetaData> columns = response.signature.columns;
    int size = WireFrame.ofRows(statement == null ? 0 : statement.getFetchSize());
    SimpleResultSet rows = new Columns(new RemoteRows(session, response, size, kinds(columns)));
    addColumns(rows, columns);
    return MetaxyResultSet.ofRows(statement, rows, origins(columns));
  }

  /** What a server says of the columns of a statement; null where it has none. */
  static @Nullable ResultSetMetaData columns(Meta.Signature signature) throws SQLException {
    if (signature.columns.isEmpty()) {
      return null;
    }
    SimpleResultSet none = new SimpleResultSet();
    addColumns(none, signature.columns);
    return new MetaxyResultSetMetaData(
        none.getMetaData(), origins(signature.columns), StoreTypes.IN_MEMORY);
  }

  private static void addColumns(SimpleResultSet rows, List<ColumnMetaData> columns) {
    rows.setAutoClose(false);
    for (ColumnMetaData column : columns) {
      rows.addColumn(
          column.label, column.type.id, column.type.name, column.precision, column.scale);
    }
  }

  private static ValueKind[] kinds(List<ColumnMetaData> columns) {
    return columns.stream()
        .map(column -> StoreTypes.IN_MEMORY.kindOf(column.type.id, column.type.name))
        .toArray(ValueKind[]::new);
  }

  private static List<Plan.Column> origins(List<ColumnMetaData> columns) {
    List<Plan.Column> origins = new ArrayList<>();
    for (ColumnMetaData column : columns) {
      origins.add(
          new Plan.Column(
              column.label,
              column.catalogName,
              column.schemaName,
              column.tableName,
              column.columnName));
    }
    return origins;
  }

  @Override
  public @Nullable Object @Nullable [] readRow() throws SQLException {
    while (!frame.hasNext()) {
      if (isDone) {
        return null;
      }
      Meta.Frame next =
          session.send(
                  service ->
                      service.apply(
                          new Service.FetchRequest(session.id(), statementId, offset, frameSize)))
              .frame;
      frame = next.rows.iterator();
      isDone = next.done;
    }
    offset++;
    List<?> carried = (List<?>) frame.next();
    @Nullable Object[] row = new @Nullable Object[kinds.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = WireValue.inRow(kinds[i], carried.get(i));
    }
    return row;
  }

  /** What is not read need not be kept by the server. */
  @Override
  public void close() {
    if (!isDone) {
      isDone = true;
      if (session.isClosing()) {
        return;
      }
      try {
        session.call(WireCall.Target.STATEMENT, "closeResult", statementId);
      } catch (SQLException e) {
        // It ends with its statement or connection.
      }
    }
  }

  @Override
  public void reset() throws SQLException {
    throw MetaxyException.unsupported("A server sends rows once").toSqlException();
  }

  /** A result set whose metadata outlives it. */
  private static final class Columns extends SimpleResultSet {
    private final RemoteRows rows;

    Columns(RemoteRows rows) {
      super(rows);
      this.rows = rows;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
