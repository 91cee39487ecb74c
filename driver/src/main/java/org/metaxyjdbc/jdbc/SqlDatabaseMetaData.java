package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.metaxyjdbc.plan.StatementPlanner;
import org.metaxyjdbc.store.MetaxyTypeFactory;

/**
 * What the SQL of this driver can do, the same on every store; where Avatica's answer is right
 * already, it is not repeated.
 */
abstract class SqlDatabaseMetaData extends AvaticaDatabaseMetaData {
  SqlDatabaseMetaData(MetaxyConnection connection) {
    super(connection);
  }

  @Override
  public String getSQLKeywords() {
    return StatementPlanner.keywords();
  }

  /** On every store: the planner spells it out where the store's own order is another. */
  @Override
  public boolean nullsAreSortedHigh() {
    return true;
  }

  @Override
  public boolean nullsAreSortedLow() {
    return false;
  }

  @Override
  public boolean nullsAreSortedAtStart() {
    return false;
  }

  @Override
  public boolean nullsAreSortedAtEnd() {
    return false;
  }

  @Override
  public String getNumericFunctions() {
    return ScalarFunctions.NUMERIC;
  }

  @Override
  public String getStringFunctions() {
    return ScalarFunctions.STRING;
  }

  @Override
  public String getSystemFunctions() {
    return ScalarFunctions.SYSTEM;
  }

  @Override
  public String getTimeDateFunctions() {
    return ScalarFunctions.TIME_DATE;
  }

  @Override
  public boolean supportsSubqueriesInQuantifieds() {
    return true;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  /** Names match whatever their case, in quotes too, and keep the case they were made with. */
  @Override
  public boolean supportsMixedCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean storesMixedCaseIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean storesLowerCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean supportsMixedCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public boolean storesMixedCaseQuotedIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public boolean storesLowerCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public boolean supportsConvert(int fromType, int toType) {
    SqlTypeName from = SqlTypeName.getNameForJdbcType(fromType);
    SqlTypeName to = SqlTypeName.getNameForJdbcType(toType);
    return from != null
        && to != null
        && from.allowsNoPrecNoScale()
        && to.allowsNoPrecNoScale()
        && SqlTypeUtil.canCastFrom(
            MetaxyTypeFactory.INSTANCE.createSqlType(to),
            MetaxyTypeFactory.INSTANCE.createSqlType(from),
            true);
  }

  @Override
  public boolean supportsExtendedSQLGrammar() {
    return false;
  }

  @Override
  public boolean supportsANSI92IntermediateSQL() {
    return false;
  }

  @Override
  public boolean supportsANSI92FullSQL() {
    return false;
  }

  @Override
  public boolean supportsSchemasInProcedureCalls() {
    return false;
  }

  @Override
  public boolean supportsSchemasInIndexDefinitions() {
    return false;
  }

  @Override
  public boolean supportsSchemasInPrivilegeDefinitions() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInProcedureCalls() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInIndexDefinitions() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInPrivilegeDefinitions() {
    return false;
  }

  @Override
  public boolean supportsStoredFunctionsUsingCallSyntax() {
    return false;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public boolean supportsSelectForUpdate() {
    return true;
  }

  /** Those of what INSERT inserts. */
  @Override
  public boolean supportsGetGeneratedKeys() {
    return true;
  }

  @Override
  public boolean generatedKeyAlwaysReturned() {
    return true;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return supportsResultSetType(type)
        && (concurrency == ResultSet.CONCUR_READ_ONLY || concurrency == ResultSet.CONCUR_UPDATABLE);
  }

  /** A result set of the other kind is read into memory. */
  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT
        || holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  /** What an updatable result set changes itself; what its {@code updateRow} sets is shown. */
  @Override
  public boolean ownUpdatesAreVisible(int type) {
    return supportsResultSetType(type);
  }

  /** The row is taken out of the result set. */
  @Override
  public boolean ownDeletesAreVisible(int type) {
    return supportsResultSetType(type);
  }

  /** The row is the last one then, where one can scroll; a loop that only goes on never ended. */
  @Override
  public boolean ownInsertsAreVisible(int type) {
    return type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  /** But for its own changes, a result set shows what was there when the statement ran. */
  @Override
  public boolean othersUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public boolean updatesAreDetected(int type) {
    return ownUpdatesAreVisible(type);
  }

  @Override
  public boolean deletesAreDetected(int type) {
    return false;
  }

  @Override
  public boolean insertsAreDetected(int type) {
    return ownInsertsAreVisible(type);
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }
}
