package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;

/**
 * A result set whose rows are records of one feature and can be changed: {@link #updateRow} appends
 * a version, {@link #deleteRow} deletes as DELETE does in the session, {@link #insertRow} inserts.
 * All of its rows are in memory, also where it only goes forward.
 *
 * <p>Getters show what was changed at once, and after it was written what the store made of it;
 * columns that the query computes stay as they were. A deleted row is taken out, and the result set
 * then stands on the one before. An inserted row is the last one where one can scroll, and is not
 * shown otherwise. Going to another row gives up what was not written.
 *
 * <p>Where another session has deleted the record since, or the row is none, the state is 24000, as
 * pgjdbc has it for a row that cannot be changed.
 */
@NullUnmarked
final class UpdatableResultSet extends MetaxyResultSet {
  private final ScrollableRows rows;
  private final RecordRows records;
  private final RecordStatements statements;
  private final boolean goesOnlyForward;
  private final Set<Object[]> updated = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object[]> inserted = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable RowEdit edit;

  private UpdatableResultSet(
      MetaxyStatement statement, ScrollableRows rows, List<Plan.Column> columns, RecordRows records)
      throws SQLException {
    super(
        statement,
        null,
        rows,
        null,
        columns,
        StoreValues.kinds(rows.getMetaData(), StoreTypes.IN_MEMORY),
        StoreTypes.IN_MEMORY);
    this.rows = rows;
    this.records = records;
    this.statements = new RecordStatements(statement, records);
    this.goesOnlyForward = statement.getResultSetType() == TYPE_FORWARD_ONLY;
  }

  /**
   * The rows of a query.
   *
   * @param records what they are
   */
  static MetaxyResultSet of(
      MetaxyStatement statement, ScrollableRows rows, List<Plan.Column> columns, RecordRows records)
      throws SQLException {
    return new UpdatableResultSet(statement, rows, columns, records);
  }

  @Override
  RecordRows records() {
    return records;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_UPDATABLE;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return goesOnlyForward ? TYPE_FORWARD_ONLY : TYPE_SCROLL_INSENSITIVE;
  }

  private static SQLException invalidState(String message) {
    return new MetaxyException(SqlState.INVALID_CURSOR_STATE, message).toSqlException();
  }

  private boolean isOnInsertRow() {
    return edit != null && edit.isInsert();
  }

  /** The current row, which is no insert row. */
  private Object[] current() throws SQLException {
    checkOpen();
    if (isOnInsertRow()) {
      throw invalidState("This is the insert row; call insertRow, or moveToCurrentRow first");
    }
    Object[] row = rows.current();
    if (row == null) {
      throw invalidState("The result set is on no row; call next first");
    }
    return row;
  }

  private List<Object> ids(Object[] row) {
    List<Object> ids = new ArrayList<>();
    records.ids().forEach(column -> ids.add(row[column - 1]));
    return ids;
  }

  /** Gives up what was changed and not written, and leaves the insert row. */
  private void giveUp() throws SQLException {
    if (edit != null) {
      boolean wasInsert = isOnInsertRow();
      edit.undo();
      edit = null;
      if (wasInsert) {
        rows.showCurrent();
      }
    }
  }

  @Override
  void update(int columnIndex, NewValue value) throws SQLException {
    checkOpen();
    String label = metaData().getColumnLabel(columnIndex);
    if (records.columns().get(columnIndex - 1) == null) {
      throw new MetaxyException(
              SqlState.NOT_ALLOWED,
              "Column '%s' is computed and cannot be changed; change the columns it is computed from"
                  .formatted(label))
          .toSqlException();
    }
    RowEdit change = edit == null ? RowEdit.ofRow(current()) : edit;
    change.set(columnIndex, metaData().type(columnIndex).kind(), value.get());
    edit = change;
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    current();
    giveUp();
  }

  /** Does nothing where nothing was changed. */
  @Override
  public void updateRow() throws SQLException {
    Object[] row = current();
    if (edit == null) {
      return;
    }
    List<Object> ids = ids(edit.before());
    Map<String, Object> values = edit.values(records);
    if (!values.isEmpty()) {
      statements.update(ids, values);
      statements.read(ids, row);
      updated.add(row);
    }
    edit = null;
  }

  @Override
  public void deleteRow() throws SQLException {
    Object[] row = current();
    giveUp();
    statements.delete(ids(row));
    rows.removeCurrent();
  }

  @Override
  public void refreshRow() throws SQLException {
    Object[] row = current();
    giveUp();
    if (!statements.read(ids(row), row)) {
      throw statements.noRecord();
    }
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    checkOpen();
    giveUp();
    edit = RowEdit.ofInsert(metaData().getColumnCount());
    rows.showOutside(edit.row());
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    checkOpen();
    if (isOnInsertRow()) {
      giveUp();
    }
  }

  /** The insert row is empty then. Columns that were given no value get their defaults. */
  @Override
  public void insertRow() throws SQLException {
    checkOpen();
    if (!isOnInsertRow()) {
      throw invalidState("This is not the insert row; call moveToInsertRow first");
    }
    Map<String, Object> values = edit.values(records);
    if (values.isEmpty()) {
      throw new MetaxyException(
              SqlState.NOT_NULL_VIOLATION,
              "The row to insert has no values; a record needs one for each of %s"
                  .formatted(records.idColumns()))
          .toSqlException();
    }
    statements.insert(values);
    Object[] row = edit.row();
    statements.read(ids(row), row);
    if (!goesOnlyForward) {
      rows.add(row);
      inserted.add(row);
    }
    edit = RowEdit.ofInsert(row.length);
    rows.showOutside(edit.row());
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    return updated.contains(current());
  }

  @Override
  public boolean rowInserted() throws SQLException {
    return inserted.contains(current());
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    giveUp();
    return super.next();
  }

  @Override
  ResultSet scrollable() throws SQLException {
    checkOpen();
    if (goesOnlyForward) {
      throw forwardOnly();
    }
    return super.scrollable();
  }

  @Override
  ResultSet toMove() throws SQLException {
    ResultSet target = scrollable();
    giveUp();
    return target;
  }
}
