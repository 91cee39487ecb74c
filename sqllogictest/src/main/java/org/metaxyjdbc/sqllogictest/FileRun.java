package org.metaxyjdbc.sqllogictest;

import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.hydromatic.sqllogictest.ISqlTestOperation;
import net.hydromatic.sqllogictest.OptionsParser;
import net.hydromatic.sqllogictest.SltSqlStatement;
import net.hydromatic.sqllogictest.SltTestFile;
import net.hydromatic.sqllogictest.SqlTestQuery;
import net.hydromatic.sqllogictest.TestStatistics;
import net.hydromatic.sqllogictest.executors.JdbcExecutor;

/** One file of sqllogictest on a new store. */
final class FileRun extends JdbcExecutor {
  private final String file;
  private final FeatureStatements statements = new FeatureStatements();
  private final List<Failure> failures = new ArrayList<>();
  private int passed;

  private FileRun(OptionsParser.SuppliedOptions options, String file) {
    super(options, "jdbc:metaxy:", "", "");
    this.file = file;
  }

  /**
   * Runs a file.
   *
   * @param limit how many queries of it to run
   */
  static FileRun of(OptionsParser.SuppliedOptions options, String name, SltTestFile file, int limit)
      throws SQLException, NoSuchAlgorithmException {
    FileRun run = new FileRun(options, name);
    try (Connection connection = DriverManager.getConnection("jdbc:metaxy:");
        Statement statement = connection.createStatement()) {
      for (ISqlTestOperation operation : file.fileContents) {
        if (operation instanceof SltSqlStatement sql) {
          run.change(statement, sql);
        } else if (operation instanceof SqlTestQuery query) {
          run.query(statement, query);
        }
        if (run.total() >= limit) {
          break;
        }
      }
    }
    return run;
  }

  /** Statements and queries with the answer of the file. */
  int passed() {
    return passed;
  }

  int total() {
    return passed + failures.size();
  }

  List<Failure> failures() {
    return failures;
  }

  private void change(Statement statement, SltSqlStatement sql) {
    try {
      for (String translated : statements.translate(sql.statement)) {
        statement.execute(translated);
      }
      if (sql.shouldPass) {
        passed++;
      } else {
        failures.add(Failure.ofAnswer(file, sql.statement, "No error", ""));
      }
    } catch (SQLException e) {
      if (sql.shouldPass) {
        failures.add(Failure.ofError(file, sql.statement, e));
      } else {
        passed++;
      }
    }
  }

  private void query(Statement statement, SqlTestQuery query) throws NoSuchAlgorithmException {
    Answer answer = new Answer();
    try (ResultSet rows = statement.executeQuery(statements.translateQuery(query.getQuery()))) {
      validate(query, DeclaredColumns.of(rows), query.outputDescription, answer);
      if (answer.isRight) {
        passed++;
      }
    } catch (SQLException e) {
      failures.add(Failure.ofError(file, query.getQuery(), e));
    }
  }

  /** Takes one comparison of rows. */
  private final class Answer extends TestStatistics {
    private boolean isRight = true;

    Answer() {
      super(false, 0);
    }

    @Override
    public boolean addFailure(FailedTestDescription failed) {
      isRight = false;
      failures.add(Failure.ofAnswer(file, failed.query.getQuery(), failed.error, failed.details));
      return false;
    }
  }
}
