package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.plan.RecordRows;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.write.VersionAppender;

/**
 * What one execution has inserted, of the columns that the program wants. The ids of records are
 * given and not generated, but programs ask for them this way; what is generated are Metaxy's
 * columns.
 *
 * <p>Values are as they were given. A column that the INSERT leaves out may have a default of the
 * store's: then the records are read when the program asks.
 */
final class GeneratedKeys {
  private final KeyColumns wanted;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private List<StoreColumn> columns = List.of();
  private @Nullable FeatureTable table;
  private boolean isToRead;

  GeneratedKeys(KeyColumns wanted) {
    this.wanted = wanted;
  }

  /**
   * Keeps what an INSERT writes from now on; an UPDATE or MERGE has no keys.
   *
   * @throws MetaxyException 42S22 where the feature lacks a column that is wanted
   */
  void keep(Plan.Append plan, VersionAppender appender) {
    FeatureAppend.Part insert = plan.parts().get(0);
    if (plan.onePerRecord() || insert.update()) {
      return;
    }
    table = plan.target();
    columns = wanted.of(table);
    isToRead =
        columns.stream()
            .map(StoreColumn::name)
            .anyMatch(
                name ->
                    SystemColumn.of(name).isEmpty()
                        && insert.columns().stream().noneMatch(name::equalsIgnoreCase));
    appender.keep(
        isToRead ? table.idColumns() : columns.stream().map(StoreColumn::name).toList(), rows::add);
  }

  /** One row a record, in the order in which they were inserted. */
  ResultSet result(MetaxyStatement statement) throws SQLException {
    StoreTypes types = statement.metaxyConnection().session().dialect().types();
    SimpleResultSet result = new SimpleResultSet();
    result.setAutoClose(false);
    ValueKind[] kinds = new ValueKind[columns.size()];
    for (int i = 0; i < kinds.length; i++) {
      ColumnType type = ColumnType.of(types, columns.get(i));
      kinds[i] = type.kind();
      result.addColumn(
          columns.get(i).name(), type.jdbcType(), type.name(), type.size(), type.scale());
    }
    for (@Nullable Object[] row : isToRead ? read(statement) : rows) {
      @Nullable Object[] values = new @Nullable Object[kinds.length];
      for (int i = 0; i < kinds.length; i++) {
        values[i] = row[i] == null ? null : valueOf(kinds[i], row[i]);
      }
      result.addRow(values);
    }
    return MetaxyResultSet.ofRows(null, result);
  }

  private List<@Nullable Object[]> read(MetaxyStatement statement) throws SQLException {
    FeatureTable feature = Objects.requireNonNull(table);
    RecordStatements records =
        new RecordStatements(
            statement,
            new RecordRows(
                List.of(
                    statement.metaxyConnection().getCatalog(),
                    Rows.ACTIVE.schemaName(),
                    feature.feature().tableName()),
                feature.idColumns(),
                List.of(),
                columns.stream().map(StoreColumn::name).toList()));
    List<@Nullable Object[]> read = new ArrayList<>();
    for (@Nullable Object[] ids : rows) {
      @Nullable Object[] row = new @Nullable Object[columns.size()];
      records.read(Arrays.asList(ids), row);
      read.add(row);
    }
    return read;
  }

  /** What the store could make something else of stays as it was given. */
  private static Object valueOf(ValueKind kind, Object value) throws SQLException {
    try {
      return ParameterValue.as(kind.jdbcType(), -1, value);
    } catch (MetaxyException e) {
      return value;
    }
  }
}
