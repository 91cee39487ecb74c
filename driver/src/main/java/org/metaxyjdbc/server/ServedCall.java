package org.metaxyjdbc.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.wire.WireCall;

/** Runs the calls of a client on its connection. */
final class ServedCall {
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "setAutoCommit",
          "getAutoCommit",
          "setReadOnly",
          "isReadOnly",
          "setCatalog",
          "getCatalog",
          "setSchema",
          "getSchema",
          "setTransactionIsolation",
          "getTransactionIsolation",
          "setHoldability",
          "getHoldability",
          "setClientInfo",
          "getClientInfo",
          "isValid",
          "nativeSQL");

  private final ServedConnection served;
  private final WireCall call;

  ServedCall(ServedConnection served, WireCall call) {
    this.served = served;
    this.call = call;
  }

  /** What the method gives: a result set, text, a number, a boolean or null. */
  @Nullable Object run() throws SQLException {
    return switch (call.target()) {
      case CONNECTION -> onConnection();
      case METADATA -> {
        Object result = invoke(DatabaseMetaData.class, served.connection().getMetaData());
        yield result instanceof Enum<?> constant ? constant.name() : result;
      }
      case STATEMENT -> onStatement();
    };
  }

  private int number(int argument) {
    return (int) number((Number) call.arguments().get(argument));
  }

  private static long number(@Nullable Number number) {
    return number == null ? 0 : number.longValue();
  }

  private @Nullable Object onConnection() throws SQLException {
    switch (call.method()) {
      case "setSavepoint" -> {
        return served.savepoints().set((String) call.arguments().get(0));
      }
      case "rollback" -> served.savepoints().rollback(number(0));
      case "releaseSavepoint" -> served.savepoints().release(number(0));
      default -> {
        if (!OF_CONNECTION.contains(call.method())) {
          throw unknown();
        }
        return invoke(Connection.class, served.connection());
      }
    }
    return null;
  }

  private @Nullable Object onStatement() throws SQLException {
    ServedStatement statement = served.statement(number(0));
    switch (call.method()) {
      case "cancel" -> statement.cancel();
      case "limit" -> statement.limit(number((Number) call.arguments().get(1)), number(2));
      case "closeResult" -> statement.closeRows();
      case "failedCounts" -> {
        long[] counts = statement.failedCounts();
        return counts == null
            ? null
            : Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(","));
      }
      default -> throw unknown();
    }
    return null;
  }

  private MetaxyException unknown() {
    return MetaxyException.unsupported(
        "The server has no method %s; is it of another version?".formatted(call.method()));
  }

  private <T> @Nullable Object invoke(Class<T> type, T target) throws SQLException {
    Method method = method(type);
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(types[i], call.arguments().get(i));
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new MetaxyException(
          SqlState.INVALID_ARGUMENT, "%s cannot be called so".formatted(call.method()), e);
    }
  }

  private Method method(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(call.method())
          && method.getParameterCount() == call.arguments().size()
          && !Wrapper.class.equals(method.getDeclaringClass())
          && !Connection.class.isAssignableFrom(method.getReturnType())) {
        return method;
      }
    }
    throw unknown();
  }

  /** JSON has lists for arrays. */
  private static @Nullable Object argument(Class<?> type, @Nullable Object argument) {
    if (argument instanceof List<?> list) {
      return type == int[].class
          ? list.stream().mapToInt(element -> ((Number) element).intValue()).toArray()
          : list.toArray(String[]::new);
    }
    return argument;
  }
}
