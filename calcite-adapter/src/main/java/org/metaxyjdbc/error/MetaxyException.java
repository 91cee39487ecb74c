package org.metaxyjdbc.error;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a SQLSTATE. Its message says what was asked, what was found and what to do.
 *
 * <p>Every {@link SQLException} of the driver that does not come from the store is made here, by
 * {@link #toSqlException()}.
 */
public final class MetaxyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SqlState state;

  public MetaxyException(SqlState state, String message) {
    this(state, message, null);
  }

  public MetaxyException(SqlState state, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.state = state;
  }

  /** Wraps what a store's own driver threw; {@link #toSqlException()} gives it back as it was. */
  public static MetaxyException ofStore(SQLException cause) {
    return new MetaxyException(SqlState.GENERAL_ERROR, String.valueOf(cause.getMessage()), cause);
  }

  /** A capability that the store, or this driver, does not have. */
  public static MetaxyException unsupported(String message) {
    return new MetaxyException(SqlState.FEATURE_NOT_SUPPORTED, message);
  }

  public SqlState state() {
    return state;
  }

  /**
   * This failure for a caller of JDBC: {@link SQLFeatureNotSupportedException} for state 0A000, the
   * store's own exception where there was one.
   */
  public SQLException toSqlException() {
    if (getCause() instanceof SQLException fromStore && state == SqlState.GENERAL_ERROR) {
      return fromStore;
    }
    if (state == SqlState.FEATURE_NOT_SUPPORTED) {
      return new SQLFeatureNotSupportedException(getMessage(), state.code(), 0, getCause());
    }
    return new SQLException(getMessage(), state.code(), 0, getCause());
  }
}
