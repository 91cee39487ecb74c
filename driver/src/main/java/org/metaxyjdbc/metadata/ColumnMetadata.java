package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.HistoryColumn;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.value.ColumnType;

/**
 * The columns of tables, as {@code SELECT *} shows them. The store is asked once for all tables;
 * rows are made when they are read.
 */
public final class ColumnMetadata {
  private static final MetadataColumns COLUMNS =
      MetadataColumns.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INTEGER, TYPE_NAME, COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS INTEGER, NUM_PREC_RADIX INTEGER, NULLABLE INTEGER, REMARKS, COLUMN_DEF, SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER, IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE SMALLINT, IS_AUTOINCREMENT, IS_GENERATEDCOLUMN");

  private static final List<StoreColumn> HISTORY =
      Stream.of(HistoryColumn.values()).map(HistoryColumn::column).toList();

  private final StatementPlanner planner;
  private final StoreDialect dialect;

  public ColumnMetadata(StatementPlanner planner, StoreDialect dialect) {
    this.planner = planner;
    this.dialect = dialect;
  }

  /** A table as one schema shows it. */
  private record Shown(
      String schema,
      String table,
      List<StoreColumn> columns,
      List<StoreColumn> computed,
      Map<String, String> descriptions) {
    StoreColumn column(int i) {
      return i < columns.size() ? columns.get(i) : computed.get(i - columns.size());
    }
  }

  /** {@link DatabaseMetaData#getColumns}. */
  public ResultSet columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    TableSelection selection = TableSelection.like(catalog, schemaPattern, tablePattern);
    NamePattern columns = NamePattern.of(columnPattern);
    MetaxySchema schema = planner.schema();
    List<Shown> tables = new ArrayList<>();
    List<FeatureTable> features = schema.featureTables(selection.features(schema));
    List<Map<String, String>> descriptions =
        features.stream().map(FeatureTable::descriptions).toList();
    for (Rows rows : selection.rows()) {
      for (int i = 0; i < features.size(); i++) {
        FeatureTable table = features.get(i);
        if (rows.canShow(table.feature())) {
          tables.add(
              new Shown(
                  rows.schemaName(),
                  table.feature().tableName(),
                  table.columns(),
                  rows == Rows.HISTORY ? HISTORY : List.of(),
                  descriptions.get(i)));
        }
      }
    }
    if (selection.registry()) {
      schema
          .registryColumns()
          .forEach(
              (name, ofTable) -> {
                if (selection.tables().matches(name)) {
                  tables.add(new Shown(MetaxySchema.REGISTRY, name, ofTable, List.of(), Map.of()));
                }
              });
    }
    Map<StoreColumn, ColumnType> types = new HashMap<>();
    return COLUMNS.rows(
        () -> tables.stream().flatMap(table -> rows(table, columns, types)).iterator());
  }

  private Stream<@Nullable Object[]> rows(
      Shown table, NamePattern columns, Map<StoreColumn, ColumnType> types) {
    return IntStream.range(0, table.columns().size() + table.computed().size())
        .filter(i -> columns.matches(table.column(i).name()))
        .mapToObj(i -> row(table, i, type(table.column(i), types)));
  }

  /** Few types recur in many columns. */
  private ColumnType type(StoreColumn column, Map<StoreColumn, ColumnType> types) {
    StoreColumn anyName =
        new StoreColumn(
            "", column.jdbcType(), column.typeName(), column.size(), column.scale(), true, null);
    return types.computeIfAbsent(anyName, key -> ColumnType.of(dialect, key));
  }

  private static @Nullable Object[] row(Shown table, int i, ColumnType type) {
    StoreColumn column = table.column(i);
    boolean isComputed = i >= table.columns().size();
    String remarks = column.remarks();
    return new @Nullable Object[] {
      StatementPlanner.CATALOG,
      table.schema(),
      table.table(),
      column.name(),
      type.jdbcType(),
      type.name(),
      type.size(),
      null,
      type.hasScale() ? type.scale() : null,
      type.isNumber() ? 10 : null,
      column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      remarks == null ? table.descriptions().get(column.name()) : remarks,
      null,
      null,
      null,
      type.isText() ? type.size() : null,
      i + 1,
      column.nullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "NO",
      isComputed ? "YES" : "NO"
    };
  }
}
