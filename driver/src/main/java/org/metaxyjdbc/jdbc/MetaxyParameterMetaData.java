package org.metaxyjdbc.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.store.ValueKind;

/** What the parameters of a statement are, as far as the statement says it. */
final class MetaxyParameterMetaData implements ParameterMetaData {
  private final ValueKind[] kinds;

  MetaxyParameterMetaData(ValueKind[] kinds) {
    this.kinds = kinds.clone();
  }

  MetaxyParameterMetaData(Plan plan) {
    this.kinds = new ValueKind[plan.parameterCount()];
    Arrays.fill(kinds, ValueKind.OTHER);
    for (Plan.Parameter parameter : parameters(plan)) {
      if (parameter instanceof Plan.Parameter.OfUser user
          && kinds[user.index()] == ValueKind.OTHER) {
        kinds[user.index()] = kind(user.type());
      }
    }
  }

  private static List<Plan.Parameter> parameters(Plan plan) {
    if (plan instanceof Plan.Query query) {
      return query.statement().parameters();
    }
    if (plan instanceof Plan.Update update) {
      return update.statement().parameters();
    }
    if (plan instanceof Plan.Computed computed) {
      return computed.rows().parameters();
    }
    if (plan instanceof Plan.UpdateEach update) {
      return update.ids().parameters();
    }
    return plan instanceof Plan.Append append ? append.rows().parameters() : List.of();
  }

  private static ValueKind kind(SqlTypeName type) {
    return switch (type) {
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> ValueKind.TIMESTAMP_WITH_TIME_ZONE;
      case UUID -> ValueKind.UUID;
      default -> ValueKind.of(type.getJdbcOrdinal());
    };
  }

  private ValueKind kind(int parameter) throws SQLException {
    if (parameter < 1 || parameter > kinds.length) {
      throw new MetaxyException(
              SqlState.INVALID_ARGUMENT,
              "There is no parameter %d; the statement has %d".formatted(parameter, kinds.length))
          .toSqlException();
    }
    return kinds[parameter - 1];
  }

  @Override
  public int getParameterCount() {
    return kinds.length;
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    kind(parameter);
    return parameterNullable;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return kind(parameter).isNumeric();
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    kind(parameter);
    return 0;
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    kind(parameter);
    return 0;
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return kind(parameter).jdbcType();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    ValueKind kind = kind(parameter);
    return kind == ValueKind.OTHER ? "OTHER" : kind.typeName();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    ValueKind kind = kind(parameter);
    return (kind == ValueKind.OTHER ? Object.class : kind.javaClass()).getName();
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    kind(parameter);
    return parameterModeIn;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.unwrap(this, null, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Unwrapping.isWrapperFor(this, null, type);
  }
}
