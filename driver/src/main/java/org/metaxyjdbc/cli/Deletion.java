package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.metaxyjdbc.filter.Filter;
import org.metaxyjdbc.filter.FilteredStatement;

/** A DELETE on each of several features, of which all are done or none. */
final class Deletion {
  /** What is deleted of one feature. */
  record Part(FeatureSelection.Selected feature, Filter filter) {}

  /** How many records of a feature are, or would be, deleted. */
  record Count(FeatureSelection.Selected feature, long records) {}

  private final Connection connection;
  private final String schema;
  private final List<Part> parts;

  Deletion(Connection connection, String schema, List<Part> parts) {
    this.connection = connection;
    this.schema = schema;
    this.parts = List.copyOf(parts);
  }

  /** Whether some filter matches all records of its feature, whatever they are. */
  boolean isUnconditional() {
    return parts.stream().anyMatch(part -> !part.filter().namesColumn());
  }

  /** Counts and changes nothing. */
  List<Count> count() throws SQLException {
    List<Count> counts = new ArrayList<>();
    for (Part part : parts) {
      try (PreparedStatement statement =
              FilteredStatement.count(schema, part.feature().table(), part.filter())
                  .prepare(connection);
          ResultSet rows = statement.executeQuery()) {
        rows.next();
        counts.add(new Count(part.feature(), rows.getLong(1)));
      }
    }
    return counts;
  }

  /** Deletes: in one transaction where the store has any, and only if all statements are valid. */
  List<Count> run() throws SQLException {
    boolean transactional = connection.getMetaData().supportsTransactions();
    if (transactional) {
      connection.setAutoCommit(false);
    }
    List<PreparedStatement> statements = new ArrayList<>();
    boolean done = false;
    try {
      for (Part part : parts) {
        statements.add(
            FilteredStatement.delete(schema, part.feature().table(), part.filter())
                .prepare(connection));
      }
      List<Count> counts = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        counts.add(new Count(parts.get(i).feature(), statements.get(i).executeLargeUpdate()));
      }
      if (transactional) {
        connection.commit();
      }
      done = true;
      return counts;
    } finally {
      for (PreparedStatement statement : statements) {
        statement.close();
      }
      if (!done && transactional) {
        connection.rollback();
      }
    }
  }
}
