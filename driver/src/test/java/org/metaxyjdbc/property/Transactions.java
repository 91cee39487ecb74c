package org.metaxyjdbc.property;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Statements that are kept or undone together. */
final class Transactions {
  private Transactions() {}

  private static String sql(
      String begin, List<Operation> operations, int number, int step, String end) {
    List<String> lines = new ArrayList<>();
    lines.add(begin);
    for (int i = 0; i < operations.size(); i++) {
      lines.add(operations.get(i).sql(number + (i + 1) * step));
    }
    lines.add(end);
    return String.join(";\n", lines);
  }

  private static void run(Run run, List<Operation> operations, int number, int step)
      throws SQLException {
    for (int i = 0; i < operations.size(); i++) {
      operations.get(i).run(run, number + (i + 1) * step);
    }
  }

  /** A transaction; one that ends with its connection's auto-commit is committed. */
  record Transaction(List<Operation> operations, End end) implements Operation {
    /** How it ends. */
    enum End {
      COMMIT,
      ROLLBACK,
      AUTO_COMMIT
    }

    /** Between the numbers of its operations, for those of a savepoint. */
    private static final int STEP = 10;

    @Override
    public String sql(int number) {
      return Transactions.sql("BEGIN", operations, number, STEP, String.valueOf(end));
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      List<Row> before = List.copyOf(run.model().rows());
      Connection connection = run.store().connection();
      connection.setAutoCommit(false);
      Transactions.run(run, operations, number, STEP);
      if (end == End.COMMIT) {
        connection.commit();
      } else if (end == End.ROLLBACK) {
        connection.rollback();
        run.model().restore(before);
      }
      connection.setAutoCommit(true);
      run.compareStored(run.store().stored());
    }
  }

  /** A part of a transaction; on a store without savepoints it is never undone. */
  record Part(List<Operation> operations, boolean rollback) implements Operation {
    @Override
    public String sql(int number) {
      return Transactions.sql(
          "SAVEPOINT p",
          operations,
          number,
          1,
          rollback ? "ROLLBACK TO SAVEPOINT p" : "RELEASE SAVEPOINT p");
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      Connection connection = run.store().connection();
      if (!connection.getMetaData().supportsSavepoints()) {
        Transactions.run(run, operations, number, 1);
        return;
      }
      List<Row> before = List.copyOf(run.model().rows());
      Savepoint savepoint = connection.setSavepoint();
      Transactions.run(run, operations, number, 1);
      if (rollback) {
        connection.rollback(savepoint);
        run.model().restore(before);
      } else {
        connection.releaseSavepoint(savepoint);
      }
      run.compareStored(run.store().stored());
    }
  }
}
