package org.metaxyjdbc.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.RecordRows;

/**
 * The statements of SQL by which an updatable result set changes records. They have a text for each
 * set of columns, and their plans are kept as all plans are.
 */
final class RecordStatements {
  private final MetaxyStatement user;
  private final RecordRows records;
  private final String table;

  /**
   * Creates them.
   *
   * @param user whose connection and timeout they have
   */
  RecordStatements(MetaxyStatement user, RecordRows records) {
    this.user = user;
    this.records = records;
    this.table =
        records.table().stream().map(RecordStatements::quoted).collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * Changes columns of a record.
   *
   * @throws SQLException 24000 where the record is not there any more
   */
  void update(List<@Nullable Object> ids, Map<String, @Nullable Object> values)
      throws SQLException {
    String assignments =
        values.keySet().stream()
            .map(column -> quoted(column) + " = ?")
            .collect(Collectors.joining(", "));
    List<@Nullable Object> parameters = new ArrayList<>(values.values());
    parameters.addAll(given(ids));
    requireOne(
        change(
            "UPDATE %s SET %s WHERE %s".formatted(table, assignments, isRecord(ids)), parameters));
  }

  /**
   * Deletes a record as DELETE does in this session.
   *
   * @throws SQLException 24000 where the record is not there any more
   */
  void delete(List<@Nullable Object> ids) throws SQLException {
    requireOne(change("DELETE FROM %s WHERE %s".formatted(table, isRecord(ids)), given(ids)));
  }

  /** Inserts a record, of which at least one column is given. */
  void insert(Map<String, @Nullable Object> values) throws SQLException {
    String columns =
        values.keySet().stream().map(RecordStatements::quoted).collect(Collectors.joining(", "));
    change(
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(table, columns, String.join(", ", Collections.nCopies(values.size(), "?"))),
        new ArrayList<>(values.values()));
  }

  /**
   * Reads the record's columns as they are now into a row of the result.
   *
   * @return whether there is such a record
   */
  boolean read(List<@Nullable Object> ids, @Nullable Object[] row) throws SQLException {
    List<Integer> shown = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      String name = records.columns().get(i);
      if (name != null) {
        shown.add(i);
        columns.add(quoted(name));
      }
    }
    String sql =
        "SELECT %s FROM %s WHERE %s".formatted(String.join(", ", columns), table, isRecord(ids));
    try (PreparedStatement statement = prepared(sql, given(ids));
        ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        return false;
      }
      @Nullable Object[] current = ((MetaxyResultSet) result).currentInMemory();
      for (int i = 0; i < shown.size(); i++) {
        row[shown.get(i)] = current[i];
      }
      return true;
    }
  }

  /** An id that is NULL is equal to itself. */
  private String isRecord(List<@Nullable Object> ids) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      conditions.add(
          quoted(records.idColumns().get(i)) + (ids.get(i) == null ? " IS NULL" : " = ?"));
    }
    return String.join(" AND ", conditions);
  }

  private static List<@Nullable Object> given(List<@Nullable Object> ids) {
    return new ArrayList<>(ids.stream().filter(Objects::nonNull).toList());
  }

  private long change(String sql, List<@Nullable Object> parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  private PreparedStatement prepared(String sql, List<@Nullable Object> parameters)
      throws SQLException {
    PreparedStatement statement =
        user.metaxyConnection()
            .prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    boolean done = false;
    try {
      statement.setQueryTimeout(user.getQueryTimeout());
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      done = true;
      return statement;
    } finally {
      if (!done) {
        statement.close();
      }
    }
  }

  private void requireOne(long count) throws SQLException {
    if (count == 0) {
      throw noRecord();
    }
  }

  /** Of a row whose record is not active any more. */
  SQLException noRecord() {
    return new MetaxyException(
            SqlState.INVALID_CURSOR_STATE,
            "The record of this row is not in '%s' any more: it was deleted since the query ran; run the query again"
                .formatted(records.table().get(2)))
        .toSqlException();
  }
}
