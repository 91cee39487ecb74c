package org.metaxyjdbc.examples;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A minute with the embedded default: makes a feature, deletes some records, and looks for them.
 */
public final class QuickStart {
  private static final List<String> STATEMENTS =
      List.of(
          """
          CREATE TABLE predictions (
            prediction_id INTEGER, model VARCHAR, confidence DOUBLE, PRIMARY KEY (prediction_id))""",
          "INSERT INTO predictions VALUES (1, 'v1', 0.9), (2, 'v1', 0.3), (3, 'v2', 0.8), (4, 'v2', 0.2)",
          "SELECT prediction_id, model, confidence FROM predictions ORDER BY prediction_id",
          "DELETE FROM predictions WHERE confidence < 0.5",
          "SELECT prediction_id, model, confidence FROM predictions ORDER BY prediction_id",
          "SELECT prediction_id, model, confidence FROM only_deleted.predictions ORDER BY prediction_id",
          "UPDATE only_deleted.predictions SET metaxy_deleted_at = NULL WHERE prediction_id = 2",
          """
          SELECT prediction_id, metaxy_deleted_at IS NOT NULL AS is_tombstone, metaxy_is_current
          FROM history.predictions ORDER BY prediction_id, metaxy_valid_from""");

  private final PrintStream out;

  QuickStart(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws SQLException {
    new QuickStart(new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
  }

  void run() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:metaxy:");
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        out.println("> " + sql.replace("\n", "\n  "));
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            print(rows);
          }
        } else {
          out.println(statement.getUpdateCount() + " records");
        }
        out.println();
      }
    }
  }

  private void print(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      cells.add(cell(metaData.getColumnLabel(i)));
    }
    out.println(String.join(" | ", cells).stripTrailing());
    while (rows.next()) {
      cells.clear();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        cells.add(cell(rows.getString(i)));
      }
      out.println(String.join(" | ", cells).stripTrailing());
    }
  }

  private static String cell(String text) {
    return "%-17s".formatted(text);
  }
}
