package org.metaxyjdbc.metadata;

import java.sql.ResultSet;
import java.sql.Types;
import java.util.Iterator;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;

/** The columns of one result set of metadata, in the order and of the types that JDBC demands. */
final class MetadataColumns {
  private final String[] declarations;

  private MetadataColumns(String[] declarations) {
    this.declarations = declarations;
  }

  /** Columns such as {@code "TABLE_NAME, DATA_TYPE INTEGER"}; without a type, they are text. */
  static MetadataColumns of(String declarations) {
    return new MetadataColumns(declarations.split(", ", -1));
  }

  /** A result set without rows. */
  ResultSet none() {
    return rows(new Object[0][]);
  }

  ResultSet rows(@Nullable Object[][] rows) {
    return rows(java.util.Arrays.asList(rows));
  }

  /** A result set of these rows, which are taken when they are read. */
  ResultSet rows(Iterable<@Nullable Object[]> rows) {
    SimpleResultSet result = new SimpleResultSet(new Source(rows));
    result.setAutoClose(false);
    for (String declaration : declarations) {
      int space = declaration.indexOf(' ');
      if (space < 0) {
        result.addColumn(declaration, Types.VARCHAR, 0, 0);
      } else {
        int type =
            switch (declaration.substring(space + 1)) {
              case "INTEGER" -> Types.INTEGER;
              case "SMALLINT" -> Types.SMALLINT;
              case "BIGINT" -> Types.BIGINT;
              case "BOOLEAN" -> Types.BOOLEAN;
              default -> throw new IllegalArgumentException(declaration);
            };
        result.addColumn(declaration.substring(0, space), type, 0, 0);
      }
    }
    return result;
  }

  private static final class Source implements SimpleRowSource {
    private final Iterable<@Nullable Object[]> rows;
    private Iterator<@Nullable Object[]> rest;

    Source(Iterable<@Nullable Object[]> rows) {
      this.rows = rows;
      this.rest = rows.iterator();
    }

    @Override
    public @Nullable Object @Nullable [] readRow() {
      return rest.hasNext() ? rest.next() : null;
    }

    @Override
    public void reset() {
      rest = rows.iterator();
    }

    @Override
    public void close() {}
  }
}
