package org.metaxyjdbc.compute;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Locale;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** What goes wrong while Calcite computes. */
final class ComputeErrors {
  private ComputeErrors() {}

  /** The error of a computation that failed. */
  static MetaxyException of(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MetaxyException known) {
        return known;
      }
      if (cause instanceof SQLException ofStore) {
        return MetaxyException.ofStore(ofStore);
      }
    }
    String message = String.valueOf(failure.getMessage());
    return new MetaxyException(stateOf(failure, message), message, failure);
  }

  private static SqlState stateOf(RuntimeException failure, String message) {
    if (failure instanceof DateTimeException) {
      return SqlState.INVALID_DATETIME;
    }
    if (failure instanceof NumberFormatException) {
      return SqlState.INVALID_TEXT;
    }
    if (failure instanceof ArithmeticException) {
      return message.toLowerCase(Locale.ROOT).matches(".*(by zero|divide by 0).*")
          ? SqlState.DIVISION_BY_ZERO
          : SqlState.NUMERIC_OUT_OF_RANGE;
    }
    return message.toLowerCase(Locale.ROOT).startsWith("more than one value")
        ? SqlState.CARDINALITY_VIOLATION
        : SqlState.DATA_EXCEPTION;
  }
}
