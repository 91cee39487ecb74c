package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** {@link Wrapper} for all our objects: first the object itself, then the store's own behind it. */
final class Unwrapping {
  private Unwrapping() {}

  static <T> T unwrap(Wrapper ours, @Nullable Wrapper ofStore, Class<T> type) throws SQLException {
    if (type.isInstance(ours)) {
      return type.cast(ours);
    }
    if (type.isInstance(ofStore)) {
      return type.cast(ofStore);
    }
    if (ofStore != null && ofStore.isWrapperFor(type)) {
      return ofStore.unwrap(type);
    }
    throw new MetaxyException(
            SqlState.INVALID_ARGUMENT,
            "%s is no %s".formatted(ours.getClass().getSimpleName(), type.getName()))
        .toSqlException();
  }

  static boolean isWrapperFor(Wrapper ours, @Nullable Wrapper ofStore, Class<?> type)
      throws SQLException {
    return type.isInstance(ours)
        || type.isInstance(ofStore)
        || (ofStore != null && ofStore.isWrapperFor(type));
  }
}
