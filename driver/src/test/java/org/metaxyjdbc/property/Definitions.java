package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.util.List;

/** What the feature is: each lets every statement be planned anew. */
final class Definitions {
  private Definitions() {}

  /** Somebody pushes another definition of the feature. */
  record Push(FeatureDefinition definition) implements Operation {
    @Override
    public String sql(int number) {
      return "-- by others\n" + PropertyStore.pushSql(definition, number);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.store().push(definition);
      run.model().push(definition.version(), definition.projectVersion());
    }
  }

  /** The feature is removed, and made anew by SQL. */
  record Recreate() implements Operation {
    @Override
    public String sql(int number) {
      return """
          SET hard_delete = true;
          DROP TABLE f;
          SET hard_delete = false;
          CREATE TABLE f (a VARCHAR, b INTEGER, label VARCHAR, score INTEGER, PRIMARY KEY (a, b))""";
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.store().changed();
      for (String sql : sql(number).split(";\n")) {
        run.set(sql);
      }
      List<String> versions = run.store().registered();
      run.model().drop();
      run.model().push(versions.get(0), versions.get(1));
    }
  }

  /** The feature gets another column, NULL in all versions. */
  record AddColumn() implements Operation {
    @Override
    public String sql(int number) {
      return "ALTER TABLE f ADD COLUMN added%d VARCHAR".formatted(number);
    }

    @Override
    public void run(Run run, int number) throws SQLException {
      run.store().changed();
      run.set(sql(number));
      List<String> versions = run.store().registered();
      run.model().push(versions.get(0), versions.get(1));
      run.compareStored(run.store().stored());
    }
  }
}
