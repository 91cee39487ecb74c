package org.metaxyjdbc.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.StoreTypes;

/** The value of a parameter, as the call that gives it to the store's own statement. */
@FunctionalInterface
interface ParameterBinding {
  /**
   * Binds the value.
   *
   * @param type what the parameter is in the statement
   */
  void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException;

  /** Whether {@link #value} is what the store would make of it. */
  default boolean hasValue() {
    return false;
  }

  /**
   * The value as {@link StoreTypes#read} gives it; null for NULL.
   *
   * @param type what the parameter is in the statement
   */
  default @Nullable Object value(SqlTypeName type) throws SQLException {
    throw new IllegalStateException("only the store has the value");
  }

  /**
   * A value that was read.
   *
   * @param value as {@link StoreTypes#read} gives it; null for NULL
   */
  static ParameterBinding of(StoreTypes types, @Nullable Object value) {
    return value == null
        ? new OfNull(Types.NULL)
        : new OfObject(types, value, TimeZone.getTimeZone("UTC"));
  }

  /** A value that every store makes the same of. */
  interface Given extends ParameterBinding {
    @Override
    default boolean hasValue() {
      return true;
    }
  }

  /** NULL, of a type of {@link Types} where that can be the parameter's. */
  record OfNull(int sqlType) implements Given {
    @Override
    public void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException {
      statement.setNull(index, type == SqlTypeName.ANY ? Types.NULL : sqlType);
    }

    @Override
    public @Nullable Object value(SqlTypeName type) {
      return null;
    }
  }

  /** An integer. */
  record OfInt(int x) implements Given {
    @Override
    public void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException {
      statement.setInt(index, x);
    }

    @Override
    public Object value(SqlTypeName type) {
      return x;
    }
  }

  /** A long integer. */
  record OfLong(long x) implements Given {
    @Override
    public void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException {
      statement.setLong(index, x);
    }

    @Override
    public Object value(SqlTypeName type) {
      return x;
    }
  }

  /** A floating-point number of double precision. */
  record OfDouble(double x) implements Given {
    @Override
    public void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException {
      statement.setDouble(index, x);
    }

    @Override
    public Object value(SqlTypeName type) {
      return x;
    }
  }

  /**
   * An object of a class that {@link ParameterValue} takes.
   *
   * @param zone whose clock the instants of {@code java.sql} are read from
   */
  record OfObject(StoreTypes types, Object x, TimeZone zone) implements ParameterBinding {
    private static final Set<Class<?>> READ =
        Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ListValue.class,
            byte[].class);

    @Override
    public void bind(PreparedStatement statement, int index, SqlTypeName type) throws SQLException {
      types.bind(statement, index, ParameterValue.of(x, zone, type), type);
    }

    @Override
    public boolean hasValue() {
      return READ.contains(x.getClass()) || x instanceof java.util.Date || x instanceof ListArray;
    }

    @Override
    public Object value(SqlTypeName type) throws SQLException {
      return ParameterValue.of(x, zone, type);
    }
  }
}
