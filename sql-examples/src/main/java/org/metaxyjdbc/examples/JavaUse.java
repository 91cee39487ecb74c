package org.metaxyjdbc.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The Java example of the README. */
final class JavaUse {
  private JavaUse() {}

  /** Deletes the records that a model is not sure of, and says what is left of it. */
  static String retire(String url, String model, double confidence) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM predictions WHERE model = ? AND confidence < ?")) {
        delete.setString(1, model);
        delete.setDouble(2, confidence);
        delete.executeUpdate();
      }
      try (PreparedStatement count =
          connection.prepareStatement(
              """
              SELECT
                (SELECT COUNT(*) FROM active.predictions WHERE model = ?) AS active,
                (SELECT COUNT(*) FROM only_deleted.predictions WHERE model = ?) AS deleted""")) {
        count.setString(1, model);
        count.setString(2, model);
        try (ResultSet rows = count.executeQuery()) {
          rows.next();
          String left = rows.getLong("active") + " active, " + rows.getLong("deleted") + " deleted";
          connection.commit();
          return left;
        }
      }
    }
  }
}
