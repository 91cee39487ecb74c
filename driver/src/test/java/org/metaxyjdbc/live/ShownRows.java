package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What JDBC shows of a feature, with the values spelled as read_store.py spells them. */
public final class ShownRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter ZONED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private ShownRows() {}

  /** The rows of a feature's table in a mode. */
  public static List<JsonNode> of(Connection connection, String table, ReadMode mode)
      throws SQLException {
    List<JsonNode> result = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET feature_version = '" + mode.featureVersion() + "'");
      try (ResultSet rows = statement.executeQuery(mode.select(table))) {
        while (rows.next()) {
          result.add(row(rows));
        }
      }
      statement.execute("RESET feature_version");
    }
    return result;
  }

  /** Asserts that JDBC shows in every mode what Metaxy reads, value by value. */
  public static void assertSameAs(FeatureDump read, Connection connection) throws SQLException {
    for (ReadMode mode : ReadMode.values()) {
      assertSame(read.feature() + " " + mode, of(connection, read.table(), mode), read.rows(mode));
    }
  }

  /** Asserts that there are the same rows in both, in any order; a failure shows the difference. */
  static void assertSame(String what, List<JsonNode> actual, List<JsonNode> expected) {
    List<JsonNode> missing = new ArrayList<>(expected);
    List<JsonNode> extra = new ArrayList<>();
    for (JsonNode row : actual) {
      if (!missing.remove(row)) {
        extra.add(row);
      }
    }
    assertThat(extra).as("%s: rows beside those expected; missing are %s", what, missing).isEmpty();
    assertThat(missing).as("%s: missing rows", what).isEmpty();
  }

  private static JsonNode row(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    ObjectNode row = JSON.createObjectNode();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      String name = metaData.getColumnLabel(i);
      if (!name.startsWith("metaxy_valid_") && !name.equals("metaxy_is_current")) {
        row.set(name, value(rows, i, metaData));
      }
    }
    return row;
  }

  private static JsonNode value(ResultSet rows, int i, ResultSetMetaData metaData)
      throws SQLException {
    Object value = rows.getObject(i);
    if (value == null) {
      return JSON.nullNode();
    }
    try {
      return switch (metaData.getColumnType(i)) {
        case Types.TIMESTAMP_WITH_TIMEZONE ->
            JSON.valueToTree(ZONED.format(rows.getObject(i, OffsetDateTime.class)));
        case Types.TIMESTAMP ->
            JSON.valueToTree(LOCAL.format(rows.getObject(i, LocalDateTime.class)));
        case Types.DATE, Types.DECIMAL -> JSON.valueToTree(rows.getString(i));
        case Types.ARRAY, Types.OTHER -> JSON.readTree(rows.getString(i));
        case Types.REAL -> floating(rows.getFloat(i));
        case Types.DOUBLE -> floating(rows.getDouble(i));
        // read as the lines are, so that an int equals an int and a long a long
        case Types.INTEGER, Types.BIGINT -> JSON.readTree(Long.toString(rows.getLong(i)));
        default -> JSON.valueToTree(value);
      };
    } catch (JsonProcessingException e) {
      throw new AssertionError(metaData.getColumnLabel(i) + ": " + rows.getString(i), e);
    }
  }

  private static JsonNode floating(double value) {
    return JSON.valueToTree(Double.isFinite(value) ? value : Double.toString(value));
  }
}
