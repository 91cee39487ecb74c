package org.metaxyjdbc.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.filter.Filter;
import org.metaxyjdbc.filter.FilteredStatement;

/** One statement on each of several features, of which all are done or none. */
final class RecordChange {
  /** Makes the statement that changes the matching records of one table. */
  @FunctionalInterface
  interface Statement {
    FilteredStatement on(String schema, String table, Filter filter);
  }

  /** Which records of one feature are changed. */
  record Part(FeatureSelection.Selected feature, Filter filter) {}

  /** How many records of a feature are, or would be, changed. */
  record Count(FeatureSelection.Selected feature, long records) {}

  private final Connection connection;
  private final Rows rows;
  private final List<Part> parts;

  RecordChange(Connection connection, Rows rows, List<Part> parts) {
    this.connection = connection;
    this.rows = rows;
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
              statement(FilteredStatement::count, part).prepare(connection);
          ResultSet result = statement.executeQuery()) {
        result.next();
        counts.add(new Count(part.feature(), result.getLong(1)));
      }
    }
    return counts;
  }

  private FilteredStatement statement(Statement statement, Part part) {
    return statement.on(rows.schemaName(), part.feature().table(), part.filter());
  }

  /** Runs: in one transaction where the store has any, and only if all statements are valid. */
  List<Count> run(Statement kind) throws SQLException {
    boolean transactional = connection.getMetaData().supportsTransactions();
    if (transactional) {
      connection.setAutoCommit(false);
    }
    List<PreparedStatement> statements = new ArrayList<>();
    boolean done = false;
    try {
      for (Part part : parts) {
        statements.add(statement(kind, part).prepare(connection));
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
