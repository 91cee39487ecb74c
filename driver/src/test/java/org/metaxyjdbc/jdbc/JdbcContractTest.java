package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/**
 * Every method of every object either answers or fails with an SQLException that has a SQLSTATE,
 * while the object is open and when it is closed; nothing answers null that JDBC wants answered.
 */
class JdbcContractTest {
  private static final String QUERY = "SELECT * FROM video__raw WHERE path <> ?";

  /** What may be null according to JDBC, or is a value of the store that is NULL. */
  private static final Set<String> NULLABLE =
      Set.of(
          "getWarnings",
          "getClientInfo",
          "getResultSet",
          "getObject",
          "getBytes",
          "getDate",
          "getTime",
          "getTimestamp",
          "getArray",
          "getBinaryStream");

  /** What JDBC lets one ask of a closed object. */
  private static final Set<String> ON_CLOSED =
      Set.of(
          "close",
          "isClosed",
          "isValid",
          "abort",
          "unwrap",
          "isWrapperFor",
          "beginRequest",
          "endRequest",
          "enquoteLiteral",
          "enquoteNCharLiteral",
          "enquoteIdentifier",
          "isSimpleIdentifier");

  /** Everything that can be got from a connection. */
  private record Objects(
      Connection connection,
      Statement statement,
      PreparedStatement prepared,
      ResultSet result,
      ResultSet updatable,
      ResultSetMetaData columns,
      ParameterMetaData parameters,
      DatabaseMetaData store)
      implements AutoCloseable {
    static Objects of(TestStore store) throws SQLException {
      Connection connection = store.connect();
      PreparedStatement prepared = connection.prepareStatement(QUERY);
      prepared.setString(1, "");
      Statement statement = connection.createStatement();
      ResultSet result = statement.executeQuery("SELECT * FROM video__raw ORDER BY video_id");
      result.next();
      ResultSet updatable =
          connection
              .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)
              .executeQuery("SELECT * FROM video__raw ORDER BY video_id");
      updatable.next();
      return new Objects(
          connection,
          statement,
          prepared,
          result,
          updatable,
          result.getMetaData(),
          prepared.getParameterMetaData(),
          connection.getMetaData());
    }

    List<Object> all() {
      return List.of(
          connection, statement, prepared, result, updatable, columns, parameters, store);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static Class<?> interfaceOf(Object object) {
    for (Class<?> type :
        List.of(
            PreparedStatement.class,
            Statement.class,
            Connection.class,
            ResultSet.class,
            ResultSetMetaData.class,
            ParameterMetaData.class,
            DatabaseMetaData.class)) {
      if (type.isInstance(object)) {
        return type;
      }
    }
    throw new IllegalArgumentException(object.toString());
  }

  private static List<Method> methods(Object object) {
    return Arrays.stream(interfaceOf(object).getMethods())
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyMethodOfOpenObjectsAnswersOrFailsWithAState(TestStore.Kind kind) throws Exception {
    TestStore store = VideoStore.create(kind);
    List<String> wrong = new ArrayList<>();
    int objects;
    try (Objects some = Objects.of(store)) {
      objects = some.all().size();
    }
    for (int i = 0; i < objects; i++) {
      List<Method> methods;
      try (Objects some = Objects.of(store)) {
        methods = methods(some.all().get(i));
      }
      Objects some = Objects.of(store);
      for (Method method : methods) {
        check(some.all().get(i), method, true, wrong);
        if (!isHarmless(method)) {
          some.close();
          some = Objects.of(store);
        }
      }
      some.close();
    }
    assertThat(wrong).isEmpty();
  }

  /** Whether the other methods answer as before it was called. */
  private static boolean isHarmless(Method method) {
    String name = method.getName();
    return method.getDeclaringClass() == DatabaseMetaData.class
        || name.startsWith("is")
        || (name.startsWith("update") && !name.equals("updateRow"))
        || (name.startsWith("get") && !name.equals("getMoreResults"));
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyMethodOfClosedObjectsFailsWithAState(TestStore.Kind kind) throws Exception {
    Objects objects = Objects.of(VideoStore.create(kind));
    objects.result().close();
    objects.updatable().getStatement().close();
    objects.statement().close();
    objects.prepared().close();
    List<String> wrong = new ArrayList<>();
    for (Object object :
        List.of(objects.result(), objects.updatable(), objects.statement(), objects.prepared())) {
      for (Method method : methods(object)) {
        check(object, method, false, wrong);
      }
    }
    objects.close();
    for (Object object : objects.all()) {
      for (Method method : methods(object)) {
        check(object, method, false, wrong);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(objects.connection().isClosed()).isTrue();
    assertThat(objects.connection().isValid(1)).isFalse();
  }

  private static void check(Object object, Method method, boolean isOpen, List<String> wrong)
      throws IllegalAccessException {
    String call = interfaceOf(object).getSimpleName() + " " + method.toGenericString();
    boolean isMetaData =
        object instanceof ResultSetMetaData
            || object instanceof ParameterMetaData
            || object instanceof DatabaseMetaData;
    try {
      Object answer = method.invoke(object, arguments(object, method));
      if (!isOpen && !isMetaData && !ON_CLOSED.contains(method.getName())) {
        wrong.add(call + " answers " + answer + " although it is closed");
      } else if (answer == null
          && method.getReturnType() != void.class
          && !NULLABLE.contains(method.getName())) {
        wrong.add(call + " is null");
      }
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof SQLException failure)) {
        wrong.add(call + " throws " + e.getCause());
      } else if (failure.getSQLState() == null || failure.getSQLState().length() != 5) {
        wrong.add(call + " fails without a state: " + failure);
      } else if (failure.getMessage() == null || failure.getMessage().isBlank()) {
        wrong.add(call + " fails without a message: " + failure);
      }
    }
  }

  private static @Nullable Object[] arguments(Object object, Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> argument(object, method, type))
        .toArray();
  }

  private static @Nullable Object argument(Object object, Method method, Class<?> type) {
    if (type == String.class) {
      return text(object, method);
    }
    Map<Class<?>, Object> values =
        Map.ofEntries(
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(short.class, (short) 1),
            Map.entry(byte.class, (byte) 1),
            Map.entry(float.class, 1f),
            Map.entry(double.class, 1d),
            Map.entry(boolean.class, true),
            Map.entry(Object.class, "x"),
            Map.entry(Class.class, String.class),
            Map.entry(Map.class, Map.of()),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Date.class, Date.valueOf("2026-01-01")),
            Map.entry(Time.class, Time.valueOf("10:00:00")),
            Map.entry(Timestamp.class, Timestamp.valueOf("2026-01-01 10:00:00")),
            Map.entry(Calendar.class, Calendar.getInstance()),
            Map.entry(Executor.class, (Executor) Runnable::run),
            Map.entry(Properties.class, new Properties()),
            Map.entry(SQLType.class, JDBCType.VARCHAR),
            Map.entry(byte[].class, new byte[] {1}),
            Map.entry(int[].class, new int[] {1}),
            Map.entry(String[].class, new String[] {"TABLE"}),
            Map.entry(Object[].class, new Object[] {"x"}),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[] {65})),
            Map.entry(Reader.class, new StringReader("A")));
    return values.get(type);
  }

  private static String text(Object object, Method method) {
    if (object instanceof ResultSet) {
      return "video_id";
    }
    return switch (method.getName()) {
      case "setSchema" -> "active";
      case "setCatalog" -> "metaxy";
      case "setClientInfo", "getClientInfo" -> "project";
      case "createArrayOf" -> "VARCHAR";
      case "prepareStatement",
          "prepareCall",
          "nativeSQL",
          "execute",
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "addBatch" ->
          "SELECT video_id FROM video__raw";
      default -> "x";
    };
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void everyGetterOfEveryColumnAnswersOrFailsWithAState(TestStore.Kind kind) throws Exception {
    TestStore store = VideoStore.create(kind);
    List<String> wrong = new ArrayList<>();
    List<Method> getters =
        Arrays.stream(ResultSet.class.getMethods())
            .filter(method -> method.getName().startsWith("get"))
            .filter(method -> method.getParameterCount() > 0)
            .filter(method -> method.getParameterTypes()[0] == int.class)
            .toList();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM video__raw ORDER BY video_id")) {
      assertThat(rows.next()).isTrue();
      for (int i = 0; i <= rows.getMetaData().getColumnCount() + 1; i++) {
        for (Method getter : getters) {
          @Nullable Object[] arguments = arguments(rows, getter);
          arguments[0] = i;
          try {
            getter.invoke(rows, arguments);
          } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SQLException failure) || failure.getSQLState() == null) {
              wrong.add("column " + i + " " + getter + ": " + e.getCause());
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void valuesBeforeTheFirstAndAfterTheLastRowAreErrors(TestStore.Kind kind) throws Exception {
    try (Connection connection = VideoStore.create(kind).connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT video_id FROM video__raw")) {
      requireState(() -> rows.getString(1));
      while (rows.next()) {
        assertThat(rows.getString(1)).isNotNull();
      }
      requireState(() -> rows.getString(1));
      requireState(() -> rows.getInt("none"));
    }
  }

  /** A call that must fail. */
  @FunctionalInterface
  private interface Call {
    @Nullable Object run() throws SQLException;
  }

  private static void requireState(Call call) {
    try {
      fail("answers " + call.run());
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(e.getMessage()).hasSize(5);
    }
  }
}
