package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreDialect;

/** Errors of the store: kept as they are where they have a SQLSTATE, given one where not. */
final class StoreErrors {
  private StoreErrors() {}

  /** What went wrong below; the store's errors among it as they are translated here. */
  static SQLException translate(MetaxyException e, StoreDialect dialect) {
    SQLException failure = e.toSqlException();
    return failure == e.getCause() ? translate(failure, dialect) : failure;
  }

  static SQLException translate(SQLException e, StoreDialect dialect) {
    SqlState known = dialect.stateOf(e);
    if (known != null) {
      String message =
          switch (known) {
            case READ_ONLY -> "The store is read-only and cannot be changed (%s)";
            case QUERY_CANCELED ->
                "The store ended the statement, as it was cancelled or ran out of time (%s)";
            case FEATURE_NOT_SUPPORTED -> dialect.productName() + " cannot do this (%s)";
            default -> "%s";
          };
      return new MetaxyException(known, message.formatted(e.getMessage()), e).toSqlException();
    }
    if (e instanceof SQLFeatureNotSupportedException) {
      return new MetaxyException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "%s cannot do this (%s)".formatted(dialect.productName(), e.getMessage()),
              e)
          .toSqlException();
    }
    return e.getSQLState() != null
        ? e
        : new SQLException(e.getMessage(), SqlState.GENERAL_ERROR.code(), e.getErrorCode(), e);
  }
}
