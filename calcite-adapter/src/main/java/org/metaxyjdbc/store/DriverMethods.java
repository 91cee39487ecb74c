package org.metaxyjdbc.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * Calls of public methods that a store's driver has and JDBC has not. By name: the driver may be
 * known to a class loader of its own only.
 */
final class DriverMethods {
  private DriverMethods() {}

  static @Nullable Object call(Object target, String name, @Nullable Object... arguments)
      throws SQLException {
    try {
      for (Method method : target.getClass().getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
          return method.invoke(target, arguments);
        }
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw failed(name, e);
    } catch (IllegalAccessException e) {
      throw failed(name, e);
    }
    throw failed(name, null);
  }

  /** An object of a class of the driver's, which has a constructor without parameters. */
  static <T> T create(Class<T> type, ClassLoader driver, String className) throws SQLException {
    try {
      return type.cast(driver.loadClass(className).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failed(className, e);
    }
  }

  private static SQLException failed(String name, @Nullable Throwable cause) {
    return new MetaxyException(
            SqlState.GENERAL_ERROR, "The store's driver has no usable '%s'".formatted(name), cause)
        .toSqlException();
  }
}
