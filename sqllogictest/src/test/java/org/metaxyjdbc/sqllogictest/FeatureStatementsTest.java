package org.metaxyjdbc.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureStatementsTest {
  private final FeatureStatements statements = new FeatureStatements();

  @Test
  void aTableWithoutAKeyCountsItsRows() {
    assertThat(statements.translate("CREATE TABLE t1(a INTEGER, b VARCHAR(30))"))
        .containsExactly(
            "CREATE TABLE t1 (a INTEGER, b VARCHAR(30), slt_row INTEGER, PRIMARY KEY (slt_row))");
    assertThat(statements.translate("INSERT INTO t1 VALUES(7,'x')"))
        .containsExactly("INSERT INTO t1 (a, b, slt_row) VALUES (7,'x', 1)");
    assertThat(statements.translate("INSERT INTO t1(b) VALUES('x')"))
        .containsExactly("INSERT INTO t1 (b, slt_row) VALUES ('x', 2)");
  }

  @Test
  void aTableWithAKeyKeepsIt() {
    assertThat(statements.translate("CREATE TABLE tab0(pk INTEGER PRIMARY KEY, col0 INTEGER)"))
        .containsExactly("CREATE TABLE tab0 (pk INTEGER, col0 INTEGER, PRIMARY KEY (pk))");
    assertThat(statements.translate("INSERT INTO tab0 VALUES(0,5)"))
        .containsExactly("INSERT INTO tab0 VALUES(0,5)");
    assertThat(statements.translate("CREATE TABLE tab1(id INTEGER, col0 INTEGER)")).hasSize(1);
    assertThat(statements.translate("INSERT INTO tab0 SELECT * FROM tab1"))
        .containsExactly("INSERT INTO tab0 (pk, col0) SELECT id, col0 FROM tab1");
  }

  @Test
  void aQueryInParenthesesNamesTheColumnsOfItsTable() {
    assertThat(statements.translate("CREATE TABLE t4(a INTEGER UNIQUE)"))
        .containsExactly("CREATE TABLE t4 (a INTEGER, slt_row INTEGER, PRIMARY KEY (slt_row))");
    assertThat(statements.translateQuery("SELECT 1 IN (SELECT * FROM t4)"))
        .isEqualTo("SELECT 1 IN (SELECT a FROM t4)");
  }

  @Test
  void anIndexIsNotMade() {
    assertThat(statements.translate("CREATE UNIQUE INDEX i ON tab0 (col0 DESC)")).isEmpty();
  }
}
