package org.metaxyjdbc.jdbc;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.TimeZone;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.ValueKind;
import org.metaxyjdbc.wire.WireValue;

/** The value of a parameter as it is sent to a server. */
final class RemoteParameter {
  private @Nullable Object value;

  private RemoteParameter() {}

  /**
   * The value to send.
   *
   * @param kind what the parameter is in the statement
   */
  static TypedValue of(ParameterBinding binding, ValueKind kind) throws SQLException {
    SqlTypeName type =
        kind == ValueKind.TIMESTAMP_WITH_TIME_ZONE
            ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
            : SqlTypeName.OTHER;
    try {
      return WireValue.ofParameter(value(binding, type));
    } catch (MetaxyException e) {
      throw e.toSqlException();
    }
  }

  private static @Nullable Object value(ParameterBinding binding, SqlTypeName type)
      throws SQLException {
    if (binding instanceof ParameterBinding.OfNull none) {
      return new WireValue.TypedNull(none.sqlType());
    }
    if (binding.hasValue() || binding instanceof ParameterBinding.OfObject) {
      return binding.value(type);
    }
    RemoteParameter parameter = new RemoteParameter();
    binding.bind(parameter.recorder(), 1, type);
    return known(parameter.value, type);
  }

  /** What only stores know is sent as what they make of it. */
  private static @Nullable Object known(@Nullable Object value, SqlTypeName type)
      throws SQLException {
    if (value instanceof Array array) {
      return ParameterValue.of(array.getArray(), TimeZone.getDefault(), type);
    }
    if (value instanceof SQLXML xml) {
      return xml.getString();
    }
    return value instanceof URL ? value.toString() : value;
  }

  /** Takes what a binding gives to a statement. */
  private PreparedStatement recorder() {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            RemoteParameter.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (!method.getName().startsWith("set")) {
                throw new MetaxyException(
                    SqlState.GENERAL_ERROR, "There is no store to call " + method.getName());
              }
              value =
                  method.getName().equals("setNull")
                      ? new WireValue.TypedNull((Integer) arguments[1])
                      : arguments[1];
              return null;
            });
  }
}
