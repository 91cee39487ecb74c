package org.metaxyjdbc.sqllogictest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A result without the columns that {@code SELECT *} shows of a feature and the test did not
 * declare.
 */
final class DeclaredColumns {
  private DeclaredColumns() {}

  static ResultSet of(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    List<Integer> shown = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      String name = metaData.getColumnLabel(i).toLowerCase(Locale.ROOT);
      if (!name.startsWith("metaxy_") && !name.startsWith(FeatureStatements.ROW)) {
        shown.add(i);
      }
    }
    if (shown.size() == metaData.getColumnCount()) {
      return rows;
    }
    return (ResultSet)
        Proxy.newProxyInstance(
            DeclaredColumns.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments.length > 0 && arguments[0] instanceof Integer i) {
                arguments[0] = shown.get(i - 1);
              }
              try {
                return method.invoke(rows, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
