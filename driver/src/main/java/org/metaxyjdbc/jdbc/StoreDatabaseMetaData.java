package org.metaxyjdbc.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What is the store's own matter: transactions, limits, versions. Its own driver answers. */
abstract class StoreDatabaseMetaData extends SqlDatabaseMetaData {
  private final MetaxyConnection connection;

  StoreDatabaseMetaData(MetaxyConnection connection) {
    super(connection);
    this.connection = connection;
  }

  private DatabaseMetaData store() throws SQLException {
    connection.checkOpen();
    return connection.session().registryConnection().getMetaData();
  }

  @Override
  public boolean allTablesAreSelectable() throws SQLException {
    return store().allTablesAreSelectable();
  }

  @Override
  public boolean supportsFullOuterJoins() throws SQLException {
    return store().supportsFullOuterJoins();
  }

  @Override
  public boolean usesLocalFiles() throws SQLException {
    return store().usesLocalFiles();
  }

  @Override
  public boolean usesLocalFilePerTable() throws SQLException {
    return store().usesLocalFilePerTable();
  }

  @Override
  public String getUserName() throws SQLException {
    return store().getUserName();
  }

  @Override
  public boolean supportsMultipleTransactions() throws SQLException {
    return store().supportsMultipleTransactions();
  }

  @Override
  public boolean supportsNonNullableColumns() throws SQLException {
    return store().supportsNonNullableColumns();
  }

  @Override
  public boolean supportsOpenCursorsAcrossCommit() throws SQLException {
    return store().supportsOpenCursorsAcrossCommit();
  }

  @Override
  public boolean supportsOpenCursorsAcrossRollback() throws SQLException {
    return store().supportsOpenCursorsAcrossRollback();
  }

  @Override
  public boolean supportsOpenStatementsAcrossCommit() throws SQLException {
    return store().supportsOpenStatementsAcrossCommit();
  }

  @Override
  public boolean supportsOpenStatementsAcrossRollback() throws SQLException {
    return store().supportsOpenStatementsAcrossRollback();
  }

  @Override
  public int getMaxBinaryLiteralLength() throws SQLException {
    return store().getMaxBinaryLiteralLength();
  }

  @Override
  public int getMaxCharLiteralLength() throws SQLException {
    return store().getMaxCharLiteralLength();
  }

  @Override
  public int getMaxColumnNameLength() throws SQLException {
    return store().getMaxColumnNameLength();
  }

  @Override
  public int getMaxColumnsInGroupBy() throws SQLException {
    return store().getMaxColumnsInGroupBy();
  }

  @Override
  public int getMaxColumnsInIndex() throws SQLException {
    return store().getMaxColumnsInIndex();
  }

  @Override
  public int getMaxColumnsInOrderBy() throws SQLException {
    return store().getMaxColumnsInOrderBy();
  }

  @Override
  public int getMaxColumnsInSelect() throws SQLException {
    return store().getMaxColumnsInSelect();
  }

  @Override
  public int getMaxColumnsInTable() throws SQLException {
    return store().getMaxColumnsInTable();
  }

  @Override
  public int getMaxConnections() throws SQLException {
    return store().getMaxConnections();
  }

  @Override
  public int getMaxIndexLength() throws SQLException {
    return store().getMaxIndexLength();
  }

  @Override
  public int getMaxRowSize() throws SQLException {
    return store().getMaxRowSize();
  }

  @Override
  public boolean doesMaxRowSizeIncludeBlobs() throws SQLException {
    return store().doesMaxRowSizeIncludeBlobs();
  }

  @Override
  public int getMaxStatementLength() throws SQLException {
    return store().getMaxStatementLength();
  }

  @Override
  public int getMaxStatements() throws SQLException {
    return store().getMaxStatements();
  }

  @Override
  public int getMaxTableNameLength() throws SQLException {
    return store().getMaxTableNameLength();
  }

  @Override
  public int getMaxTablesInSelect() throws SQLException {
    return store().getMaxTablesInSelect();
  }

  @Override
  public int getMaxUserNameLength() throws SQLException {
    return store().getMaxUserNameLength();
  }

  @Override
  public long getMaxLogicalLobSize() throws SQLException {
    return store().getMaxLogicalLobSize();
  }

  @Override
  public int getDefaultTransactionIsolation() throws SQLException {
    return store().getDefaultTransactionIsolation();
  }

  @Override
  public boolean supportsTransactions() throws SQLException {
    return store().supportsTransactions();
  }

  @Override
  public boolean supportsSavepoints() throws SQLException {
    return store().supportsSavepoints();
  }

  @Override
  public boolean supportsDataDefinitionAndDataManipulationTransactions() throws SQLException {
    return store().supportsDataDefinitionAndDataManipulationTransactions();
  }

  @Override
  public boolean supportsDataManipulationTransactionsOnly() throws SQLException {
    return store().supportsDataManipulationTransactionsOnly();
  }

  @Override
  public boolean dataDefinitionCausesTransactionCommit() throws SQLException {
    return store().dataDefinitionCausesTransactionCommit();
  }

  @Override
  public boolean dataDefinitionIgnoredInTransactions() throws SQLException {
    return store().dataDefinitionIgnoredInTransactions();
  }

  @Override
  public int getDatabaseMajorVersion() throws SQLException {
    return store().getDatabaseMajorVersion();
  }

  @Override
  public int getDatabaseMinorVersion() throws SQLException {
    return store().getDatabaseMinorVersion();
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    return store().getDatabaseProductVersion();
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) throws SQLException {
    return store().supportsTransactionIsolationLevel(level);
  }
}
