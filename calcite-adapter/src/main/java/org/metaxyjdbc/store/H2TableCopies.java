package org.metaxyjdbc.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Copies in global temporary tables of H2.
 *
 * <p>H2 keeps with each table the number of the last change, {@code LAST_MODIFICATION} in {@code
 * INFORMATION_SCHEMA.TABLES}, by which it knows itself whether the result of a query can be used
 * again. From 2.5 on it is raised before and after a commit, so that what was read between two
 * equal numbers is all that was committed.
 */
final class H2TableCopies implements TableCopies {
  private static final String STATE =
      """
      SELECT LAST_MODIFICATION, ROW_COUNT_ESTIMATE%s FROM INFORMATION_SCHEMA.TABLES
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND H2VERSION() >= '2.5'""";

  private static final String COLUMNS =
      """
      SELECT COLUMN_NAME, DATA_TYPE_SQL(TABLE_SCHEMA, TABLE_NAME, 'TABLE', DTD_IDENTIFIER)
      FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND IS_VISIBLE""";

  private final StoreDialect dialect;

  H2TableCopies(StoreDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public String modification() {
    return STATE.formatted("");
  }

  @Override
  public String modificationAndCopy(List<String> copy) {
    return STATE.formatted(
        ", (SELECT %s FROM %s FETCH FIRST ROW ONLY)"
            .formatted(dialect.identifier(MODIFICATION), dialect.identifier(copy)));
  }

  @Override
  public List<String> create(List<String> copy, List<String> source, List<String> ids) {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        CREATE GLOBAL TEMPORARY TABLE IF NOT EXISTS %s NOT PERSISTENT AS
        SELECT s.*, CAST(NULL AS BIGINT) AS %s FROM %s AS s WITH NO DATA"""
            .formatted(
                dialect.identifier(copy),
                dialect.identifier(MODIFICATION),
                dialect.identifier(source)));
    List<String> index = List.of(copy.get(0), copy.get(1) + "_ids");
    statements.add(
        "CREATE INDEX IF NOT EXISTS %s ON %s (%s)"
            .formatted(
                dialect.identifier(index), dialect.identifier(copy), dialect.identifiers(ids)));
    return statements;
  }

  @Override
  public String otherColumns() {
    return "SELECT COUNT(*) FROM (%1$s EXCEPT %1$s) AS c".formatted(COLUMNS);
  }

  @Override
  public String fill(List<String> copy, List<String> columns, String rows) {
    String names = dialect.identifiers(columns);
    return "INSERT INTO %s (%s, %s) SELECT CAST(? AS BIGINT), %s FROM (%s) AS r"
        .formatted(dialect.identifier(copy), dialect.identifier(MODIFICATION), names, names, rows);
  }

  @Override
  public String empty(List<String> copy) {
    return "DELETE FROM " + dialect.identifier(copy);
  }

  @Override
  public String names() {
    return """
    SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
    WHERE TABLE_SCHEMA = ? AND STORAGE_TYPE = 'GLOBAL TEMPORARY' AND LOCATE(?, TABLE_NAME) = 1""";
  }
}
