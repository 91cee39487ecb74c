package org.metaxyjdbc.store;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A physical table of a store: every row, every version.
 *
 * <p>As a Calcite table it has, before its columns, the store's row id where the store has one;
 * {@link #columns()} does not list it.
 */
public final class StoreTable extends AbstractTable {
  /** What stands behind the name. */
  public enum Kind {
    TABLE,
    /** Can be read but not changed, and has no row id. */
    VIEW,
    /** A feature that was pushed and never written: there is nothing yet. */
    ABSENT
  }

  private final StoreDialect dialect;
  private final List<String> path;
  private final Kind kind;
  private final List<StoreColumn> columns;
  private final List<String> versionIndex;

  StoreTable(
      StoreDialect dialect,
      List<String> path,
      Kind kind,
      List<StoreColumn> columns,
      List<String> versionIndex) {
    this.dialect = dialect;
    this.path = List.copyOf(path);
    this.kind = kind;
    this.columns = List.copyOf(columns);
    this.versionIndex = List.copyOf(versionIndex);
  }

  /** The table of a feature that was never written, with the columns it will have. */
  public static StoreTable absent(FeatureStore store, String tableName, List<StoreColumn> columns) {
    return new StoreTable(
        store.dialect(),
        List.of(store.schema(), store.physicalName(tableName)),
        Kind.ABSENT,
        columns,
        List.of());
  }

  /**
   * A copy under another name, as {@link TableCopies} makes it: it has no row ids, and one more
   * column, so that none of it is read as {@code SELECT *}.
   */
  public StoreTable copiedAs(List<String> name) {
    List<StoreColumn> all = new ArrayList<>(columns);
    all.add(new StoreColumn(TableCopies.MODIFICATION, Types.BIGINT, "BIGINT", 64, 0, true, null));
    return new StoreTable(dialect, name, Kind.VIEW, all, List.of());
  }

  /** The schema and the name of the table in the store. */
  public List<String> path() {
    return path;
  }

  public String name() {
    return path.get(path.size() - 1);
  }

  public Kind kind() {
    return kind;
  }

  public StoreDialect dialect() {
    return dialect;
  }

  /** The columns in the table's own order. */
  public List<StoreColumn> columns() {
    return columns;
  }

  /**
   * The columns before the time of a version in an index that has the versions of each record from
   * the newest to the oldest; {@link StoreOperators#INDEXED_TIME} is that time. Empty where there
   * is no such index that the store has to be told of.
   */
  public List<String> versionIndex() {
    return versionIndex;
  }

  /** The column of that name: in the same case if there is one, else in any. */
  public Optional<StoreColumn> column(String name) {
    return StoreColumn.find(columns, name);
  }

  /**
   * The pseudo column that tells one physical row from another; empty for a view, and where a
   * column of the same name hides it.
   */
  public Optional<StoreDialect.RowId> rowId() {
    return dialect.rowId().filter(rowId -> kind == Kind.TABLE && column(rowId.name()).isEmpty());
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder builder = typeFactory.builder();
    rowId().ifPresent(rowId -> builder.add(rowId.name(), typeFactory.createSqlType(rowId.type())));
    return builder.addAll(getInsertRowType(typeFactory).getFieldList()).build();
  }

  /** The row type without the row id: what an INSERT fills. */
  public RelDataType getInsertRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder builder = typeFactory.builder();
    for (StoreColumn column : columns) {
      builder.add(
          column.name(),
          typeFactory.createTypeWithNullability(dialect.toType(typeFactory, column), true));
    }
    return builder.build();
  }
}
