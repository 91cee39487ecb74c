package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureColumns;
import org.metaxyjdbc.adapter.HistoryColumn;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;

/**
 * The columns of tables, as {@code SELECT *} shows them. The store is asked once for all tables;
 * rows are made when they are read.
 */
public final class ColumnMetadata {
  private static final MetadataColumns COLUMNS =
      MetadataColumns.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INTEGER, TYPE_NAME, COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS INTEGER, NUM_PREC_RADIX INTEGER, NULLABLE INTEGER, REMARKS, COLUMN_DEF, SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER, IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE SMALLINT, IS_AUTOINCREMENT, IS_GENERATEDCOLUMN");

  private final StatementPlanner planner;
  private final StoreDialect dialect;

  public ColumnMetadata(StatementPlanner planner, StoreDialect dialect) {
    this.planner = planner;
    this.dialect = dialect;
  }

  /** A column at its place in a table, whichever schema shows it. */
  private record Column(
      int ordinal,
      StoreColumn column,
      ColumnType type,
      @Nullable String remarks,
      boolean computed) {}

  /** The chosen columns of a table as one schema shows it. */
  private record Table(String schema, String name, List<Column> columns) {}

  /** {@link DatabaseMetaData#getColumns}. */
  public ResultSet columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    TableSelection selection = TableSelection.like(planner, catalog, schemaPattern, tablePattern);
    Choice choice = new Choice(NamePattern.of(columnPattern));
    MetaxySchema schema = planner.schema();
    List<Table> tables = new ArrayList<>();
    List<FeatureColumns> features = schema.columns(selection.features(schema));
    List<List<Column>> chosen = new ArrayList<>();
    for (FeatureColumns table : features) {
      chosen.add(
          choice.of(table.columns(), schema.catalog().fieldDescriptions(table.feature()), 0));
    }
    for (Rows rows : selection.rows()) {
      for (int i = 0; i < features.size(); i++) {
        FeatureColumns table = features.get(i);
        if (rows.canShow(table.feature())) {
          List<Column> columns = new ArrayList<>(chosen.get(i));
          if (rows == Rows.HISTORY) {
            columns.addAll(choice.ofHistory(table.columns().size()));
          }
          tables.add(new Table(rows.schemaName(), table.feature().tableName(), columns));
        }
      }
    }
    if (selection.registry()) {
      schema
          .registryColumns()
          .forEach(
              (name, columns) -> {
                if (selection.tables().matches(name)) {
                  tables.add(
                      new Table(MetaxySchema.REGISTRY, name, choice.of(columns, Map.of(), 0)));
                }
              });
    }
    return COLUMNS.rows(() -> new RowsOf(tables));
  }

  /** Chooses columns by name and finds their types; few types recur in many columns. */
  private final class Choice {
    private final NamePattern names;
    private final Map<StoreColumn, ColumnType> types = new HashMap<>();

    Choice(NamePattern names) {
      this.names = names;
    }

    List<Column> of(List<StoreColumn> columns, Map<String, String> descriptions, int before) {
      List<Column> result = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        StoreColumn column = columns.get(i);
        if (names.matches(column.name())) {
          String remarks = column.remarks();
          result.add(
              new Column(
                  before + i + 1,
                  column,
                  type(column),
                  remarks == null ? descriptions.get(column.name()) : remarks,
                  before > 0));
        }
      }
      return result;
    }

    /** The columns that the schema history adds. */
    List<Column> ofHistory(int before) {
      List<StoreColumn> columns = new ArrayList<>();
      for (HistoryColumn column : HistoryColumn.values()) {
        columns.add(column.column());
      }
      return of(columns, Map.of(), before);
    }

    private ColumnType type(StoreColumn column) {
      StoreColumn anyName =
          new StoreColumn(
              "", column.jdbcType(), column.typeName(), column.size(), column.scale(), true, null);
      return types.computeIfAbsent(anyName, key -> ColumnType.of(dialect.types(), key));
    }
  }

  /** A row a column, made when it is asked for. */
  private final class RowsOf implements Iterator<@Nullable Object[]> {
    private final List<Table> tables;
    private int table;
    private int column;

    RowsOf(List<Table> tables) {
      this.tables = tables;
    }

    @Override
    public boolean hasNext() {
      while (table < tables.size() && column == tables.get(table).columns().size()) {
        table++;
        column = 0;
      }
      return table < tables.size();
    }

    @Override
    public @Nullable Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return row(tables.get(table), tables.get(table).columns().get(column++));
    }
  }

  private @Nullable Object[] row(Table table, Column of) {
    StoreColumn column = of.column();
    ColumnType type = of.type();
    return new @Nullable Object[] {
      planner.catalog(),
      table.schema(),
      table.name(),
      column.name(),
      type.jdbcType(),
      type.name(),
      type.size(),
      null,
      type.hasScale() ? type.scale() : null,
      type.kind().isNumeric() ? 10 : null,
      column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      of.remarks(),
      column.defaultValue(),
      null,
      null,
      type.kind().isText() ? type.size() : null,
      of.ordinal(),
      column.nullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "NO",
      of.computed() ? "YES" : "NO"
    };
  }
}
