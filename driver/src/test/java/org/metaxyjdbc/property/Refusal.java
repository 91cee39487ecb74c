package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;

/** Statements that are refused, and change nothing. */
enum Refusal implements Operation {
  INSERT_HISTORY("42501", "INSERT INTO history.f (a, b) VALUES ('a', 1)"),
  INSERT_DELETED("42501", "INSERT INTO only_deleted.f (a, b) VALUES ('a', 1)"),
  INSERT_ALL("42501", "INSERT INTO include_deleted.f (a, b) VALUES ('a', 1)"),
  UPDATE_ALL("42501", "UPDATE include_deleted.f SET label = 'x'"),
  UPDATE_DELETED("42501", "UPDATE only_deleted.f SET label = 'x'"),
  UPDATE_HISTORY("42501", "UPDATE history.f SET label = 'x'"),
  UPDATE_ID("42501", "UPDATE active.f SET a = 'c'"),
  DELETE_HISTORY("42501", "DELETE FROM history.f"),
  DELETE_DELETED("42501", "DELETE FROM only_deleted.f WHERE b = 1"),
  DELETE_ALL("42501", "DELETE FROM include_deleted.f"),
  DROP("42501", "DROP TABLE f"),
  NO_ID("23502", "INSERT INTO active.f (a) VALUES ('a')"),
  NULL_ID("23502", "INSERT INTO active.f (a, b) VALUES ('a', 1), ('a', NULL)"),
  NO_JSON("22032", "INSERT INTO active.f (a, b, metaxy_provenance_by_field) VALUES ('a', 1, '{')"),
  OF_THE_PAST("25006", "DELETE FROM active.f", "as_of = '2020-01-01 00:00:00.000001'"),
  READ_ONLY("25006", "UPDATE active.f SET label = 'x'", "read_only = true");

  private final String state;
  private final String statement;
  private final String setting;

  Refusal(String state, String statement) {
    this(state, statement, "");
  }

  /**
   * A refusal.
   *
   * @param setting under which the statement is refused; empty for always
   */
  Refusal(String state, String statement, String setting) {
    this.state = state;
    this.statement = statement;
    this.setting = setting;
  }

  @Override
  public String sql(int number) {
    return setting.isEmpty()
        ? statement
        : "SET %s;\n%s;\nRESET %s".formatted(setting, statement, setting.split(" ")[0]);
  }

  @Override
  public void run(Run run, int number) throws SQLException {
    if (!setting.isEmpty()) {
      run.set("SET " + setting);
    }
    assertThatThrownBy(() -> run.set(statement))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(statement).isEqualTo(state));
    if (!setting.isEmpty()) {
      run.set("RESET " + setting.split(" ")[0]);
    }
    run.compareStored(run.store().stored());
  }
}
