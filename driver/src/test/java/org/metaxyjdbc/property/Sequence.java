package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Operations one after the other; its text is the SQL to reproduce it. */
record Sequence(List<Operation> operations) {
  /** Between the numbers of two operations, for what a transaction is made of. */
  private static final int STEP = 100;

  void run(PropertyStore store) throws SQLException {
    boolean done = false;
    try {
      store.reset();
      Run run = new Run(store);
      for (int i = 0; i < operations.size(); i++) {
        operations.get(i).run(run, i * STEP);
      }
      run.compareShown();
      done = true;
    } finally {
      if (!done) {
        store.reconnect();
      }
    }
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      lines.add(operations.get(i).sql(i * STEP));
    }
    return "\n" + String.join(";\n", lines) + ";\n";
  }
}
