package org.metaxyjdbc.metadata;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureColumns;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;

/**
 * What identifies a row: the id columns, in the schemas that show one row a record. {@code history}
 * has several, so no keys.
 */
public final class KeyMetadata {
  private static final MetadataColumns PRIMARY_KEYS =
      MetadataColumns.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ SMALLINT, PK_NAME");
  private static final MetadataColumns INDEXES =
      MetadataColumns.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, NON_UNIQUE BOOLEAN, INDEX_QUALIFIER, INDEX_NAME, TYPE SMALLINT, ORDINAL_POSITION SMALLINT, COLUMN_NAME, ASC_OR_DESC, CARDINALITY BIGINT, PAGES BIGINT, FILTER_CONDITION");
  private static final MetadataColumns ROW_IDENTIFIERS =
      MetadataColumns.of(
          "SCOPE SMALLINT, COLUMN_NAME, DATA_TYPE INTEGER, TYPE_NAME, COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS SMALLINT, PSEUDO_COLUMN SMALLINT");

  private final StatementPlanner planner;
  private final StoreDialect dialect;

  public KeyMetadata(StatementPlanner planner, StoreDialect dialect) {
    this.planner = planner;
    this.dialect = dialect;
  }

  /** A record's id in one schema. */
  private record Key(Rows rows, FeatureColumns table) {
    String tableName() {
      return table.feature().tableName();
    }

    String name() {
      return FeatureColumns.primaryKeyName(tableName());
    }
  }

  private List<Key> keys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    TableSelection selection = TableSelection.exactly(planner, catalog, schema, table);
    MetaxySchema store = planner.schema();
    List<FeatureColumns> tables = store.columns(selection.features(store));
    List<Key> keys = new ArrayList<>();
    for (Rows rows : selection.rows()) {
      for (FeatureColumns of : tables) {
        if (rows.areRecords() && rows.canShow(of.feature())) {
          keys.add(new Key(rows, of));
        }
      }
    }
    return keys;
  }

  /** {@link DatabaseMetaData#getPrimaryKeys}. */
  public ResultSet primaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Key key : keys(catalog, schema, table)) {
      List<String> ids = key.table().idColumns().stream().map(StoreColumn::name).toList();
      IntStream.range(0, ids.size())
          .boxed()
          .sorted(Comparator.comparing(ids::get))
          .forEach(
              i ->
                  rows.add(
                      new Object[] {
                        planner.catalog(),
                        key.rows().schemaName(),
                        key.tableName(),
                        ids.get(i),
                        i + 1,
                        key.name()
                      }));
    }
    return PRIMARY_KEYS.rows(rows);
  }

  /** {@link DatabaseMetaData#getIndexInfo}: the primary key, which is unique. */
  public ResultSet indexes(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Key key : keys(catalog, schema, table)) {
      int position = 0;
      for (StoreColumn id : key.table().idColumns()) {
        rows.add(
            new @Nullable Object[] {
              planner.catalog(),
              key.rows().schemaName(),
              key.tableName(),
              false,
              null,
              key.name(),
              DatabaseMetaData.tableIndexOther,
              ++position,
              id.name(),
              null,
              0L,
              0L,
              null
            });
      }
    }
    return INDEXES.rows(rows);
  }

  /**
   * {@link DatabaseMetaData#getBestRowIdentifier}: the id columns, as long as the session lasts.
   * They can hold NULL, and identify a record then too.
   */
  public ResultSet bestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Key key : keys(catalog, schema, table)) {
      for (StoreColumn id : key.table().idColumns()) {
        rows.add(identifier(DatabaseMetaData.bestRowSession, id));
      }
    }
    return ROW_IDENTIFIERS.rows(rows);
  }

  /**
   * {@link DatabaseMetaData#getVersionColumns}: {@code metaxy_updated_at}, which every UPDATE sets.
   */
  public ResultSet versionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Key key : keys(catalog, schema, table)) {
      key.table()
          .column(SystemColumn.METAXY_UPDATED_AT.columnName())
          .ifPresent(column -> rows.add(identifier(null, column)));
    }
    return ROW_IDENTIFIERS.rows(rows);
  }

  private @Nullable Object[] identifier(@Nullable Integer scope, StoreColumn column) {
    ColumnType type = ColumnType.of(dialect.types(), column);
    return new @Nullable Object[] {
      scope,
      column.name(),
      type.jdbcType(),
      type.name(),
      type.size(),
      null,
      type.hasScale() ? type.scale() : null,
      DatabaseMetaData.bestRowNotPseudo
    };
  }
}
