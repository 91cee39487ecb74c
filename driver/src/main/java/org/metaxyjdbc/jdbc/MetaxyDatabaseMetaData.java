package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.metadata.AbsentMetadata;
import org.metaxyjdbc.metadata.ColumnMetadata;
import org.metaxyjdbc.metadata.ForeignKeyMetadata;
import org.metaxyjdbc.metadata.KeyMetadata;
import org.metaxyjdbc.metadata.TableMetadata;
import org.metaxyjdbc.metadata.TypeMetadata;

/** What there is in the store, and what the store and this driver can do. */
final class MetaxyDatabaseMetaData extends StoreDatabaseMetaData {
  private final MetaxyConnection connection;

  MetaxyDatabaseMetaData(MetaxyConnection connection) {
    super(connection);
    this.connection = connection;
  }

  /** A listing of one store. */
  @FunctionalInterface
  private interface Listing {
    ResultSet of(OpenCatalog catalog) throws SQLException;
  }

  /**
   * Lists the catalogs of a name, in their order.
   *
   * @param catalog null for all; one that cannot be opened is a warning of the connection then
   */
  private ResultSet list(@Nullable String catalog, Listing listing) throws SQLException {
    connection.checkOpen();
    List<ResultSet> results = new ArrayList<>();
    for (OpenCatalog each :
        connection
            .catalogs()
            .of(
                catalog,
                e -> connection.warn(new SQLWarning(e.getMessage(), e.getSQLState(), e)))) {
      try {
        results.add(listing.of(each));
      } catch (MetaxyException e) {
        throw StoreErrors.translate(e, each.session().dialect());
      } catch (SQLException e) {
        throw StoreErrors.translate(e, each.session().dialect());
      }
    }
    return MetaxyResultSet.ofRows(
        null, results.size() == 1 ? results.get(0) : ConcatenatedRows.of(results));
  }

  /** Lists what is the same in all catalogs. */
  private ResultSet list(Supplier<ResultSet> rows) throws SQLException {
    connection.checkOpen();
    return MetaxyResultSet.ofRows(null, rows.get());
  }

  private static TableMetadata tables(OpenCatalog catalog) {
    return new TableMetadata(catalog.planner());
  }

  private static KeyMetadata keys(OpenCatalog catalog) {
    return new KeyMetadata(catalog.planner(), catalog.session().dialect());
  }

  private static ForeignKeyMetadata foreignKeys(OpenCatalog catalog) {
    return new ForeignKeyMetadata(catalog.planner());
  }

  /** Not the store's own name, by which tools would take us for it. */
  @Override
  public String getDatabaseProductName() throws SQLException {
    connection.checkOpen();
    return "Metaxy on " + connection.session().dialect().productName();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public int getResultSetHoldability() {
    return connection.defaultHoldability();
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return list(() -> TableMetadata.catalogs(connection.catalogs().names()));
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    return list(catalog, open -> tables(open).schemas(catalog, schemaPattern));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return list(TableMetadata::tableTypes);
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tableNamePattern,
      String @Nullable [] types)
      throws SQLException {
    return list(
        catalog, open -> tables(open).tables(catalog, schemaPattern, tableNamePattern, types));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tableNamePattern,
      @Nullable String columnNamePattern)
      throws SQLException {
    return list(
        catalog,
        open ->
            new ColumnMetadata(open.planner(), open.session().dialect())
                .columns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(catalog, open -> keys(open).primaryKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return list(catalog, open -> keys(open).indexes(catalog, schema, table));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return list(catalog, open -> keys(open).bestRowIdentifier(catalog, schema, table));
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(catalog, open -> keys(open).versionColumns(catalog, schema, table));
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(catalog, open -> foreignKeys(open).imported(catalog, schema, table));
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return list(catalog, open -> foreignKeys(open).exported(catalog, schema, table));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return list(
        parentCatalog,
        open ->
            foreignKeys(open)
                .crossReference(
                    parentCatalog,
                    parentSchema,
                    parentTable,
                    foreignCatalog,
                    foreignSchema,
                    foreignTable));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    return list(TypeMetadata::types);
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return list(TypeMetadata::clientInfoProperties);
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return list(AbsentMetadata.PROCEDURES::resultSet);
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String procedureNamePattern,
      @Nullable String columnNamePattern)
      throws SQLException {
    return list(AbsentMetadata.PROCEDURE_COLUMNS::resultSet);
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return list(AbsentMetadata.FUNCTIONS::resultSet);
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String functionNamePattern,
      @Nullable String columnNamePattern)
      throws SQLException {
    return list(AbsentMetadata.FUNCTION_COLUMNS::resultSet);
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typeNamePattern,
      int @Nullable [] types)
      throws SQLException {
    return list(AbsentMetadata.UDTS::resultSet);
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typeNamePattern,
      @Nullable String attributeNamePattern)
      throws SQLException {
    return list(AbsentMetadata.ATTRIBUTES::resultSet);
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typeNamePattern)
      throws SQLException {
    return list(AbsentMetadata.SUPER_TYPES::resultSet);
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tableNamePattern)
      throws SQLException {
    return list(AbsentMetadata.SUPER_TABLES::resultSet);
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tableNamePattern,
      @Nullable String columnNamePattern)
      throws SQLException {
    return list(AbsentMetadata.PSEUDO_COLUMNS::resultSet);
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tableNamePattern)
      throws SQLException {
    return list(AbsentMetadata.TABLE_PRIVILEGES::resultSet);
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String columnNamePattern)
      throws SQLException {
    return list(AbsentMetadata.COLUMN_PRIVILEGES::resultSet);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.unwrap(this, connection.session().sharedConnection().getMetaData(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, connection.session().connection().getMetaData(), type);
  }
}
