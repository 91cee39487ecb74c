package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements one after the other, until one fails, and prints what comes of them. */
final class Script {
  private final Connection connection;
  private final RowFormat format;
  private final PrintWriter out;

  Script(Connection connection, RowFormat format, PrintWriter out) {
    this.connection = connection;
    this.format = format;
    this.out = out;
  }

  /** Runs all statements of a text. */
  void run(Reader text) throws IOException, SQLException {
    StatementReader statements = new StatementReader(text);
    try (Statement statement = connection.createStatement()) {
      for (String sql = statements.next(); sql != null; sql = statements.next()) {
        run(statement, sql);
      }
    }
  }

  private void run(Statement statement, String sql) throws IOException, SQLException {
    boolean people = format == RowFormat.TABLE;
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        long count = new ResultRows(rows).writeTo(format.writer(out));
        if (people) {
          out.println("(" + count + " rows)");
        }
      }
    } else if (people) {
      out.println("OK, " + statement.getLargeUpdateCount() + " rows changed");
    }
    out.flush();
  }
}
