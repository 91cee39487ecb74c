package org.metaxyjdbc.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreTable;

/**
 * The store's INSERT of versions, and where its values come from: first the user's columns that the
 * rows give, then the system columns.
 */
final class AppendStatement {
  private final StoreTable table;
  private final int first;
  private final List<String> given;
  private final Set<String> copied;
  private final List<StoreColumn> userColumns = new ArrayList<>();
  private final List<StoreColumn> systemColumns = new ArrayList<>();

  /**
   * Lays out a statement.
   *
   * @param part the columns of the rows that it takes
   */
  AppendStatement(StoreTable table, FeatureAppend.Part part) {
    this.table = table;
    this.first = part.first();
    this.given = part.columns();
    this.copied = part.copied();
    for (String name : given) {
      if (SystemColumn.of(name).isEmpty()) {
        userColumns.add(table.column(name).orElseThrow());
      }
    }
    for (SystemColumn system : SystemColumn.values()) {
      Optional<StoreColumn> column = table.column(system.columnName());
      column.ifPresent(systemColumns::add);
    }
  }

  /** The user's columns that the source gives. */
  List<StoreColumn> userColumns() {
    return userColumns;
  }

  /** Where a column is among {@link #userColumns}, whatever its case; -1 where it is not. */
  int indexOfUserColumn(String name) {
    for (int i = 0; i < userColumns.size(); i++) {
      if (userColumns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a column is copied from the version before: its parameter is the row id of that. */
  boolean copies(StoreColumn column) {
    return copied.contains(column.name());
  }

  /** Where the source gives the row id of the version before; empty where nothing is copied. */
  OptionalInt rowIdIndex() {
    return copied.isEmpty() ? OptionalInt.empty() : OptionalInt.of(first + given.size() + 1);
  }

  /** The system columns that the table has. */
  List<StoreColumn> systemColumns() {
    return systemColumns;
  }

  /** Where the source gives a column, counted from 1; empty where it does not. */
  OptionalInt indexOf(String name) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).equalsIgnoreCase(name)) {
        return OptionalInt.of(first + i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** The statement for a number of versions. */
  String sql(int rows) {
    StoreDialect dialect = table.dialect();
    List<StoreColumn> columns = new ArrayList<>(userColumns);
    columns.addAll(systemColumns);
    String row = columns.stream().map(this::value).collect(Collectors.joining(", ", "(", ")"));
    return "INSERT INTO %s (%s) VALUES %s"
        .formatted(
            dialect.identifier(table.path()),
            String.join(", ", columns.stream().map(c -> dialect.identifier(c.name())).toList()),
            String.join(", ", Collections.nCopies(rows, row)));
  }

  private String value(StoreColumn column) {
    StoreDialect dialect = table.dialect();
    return copies(column)
        ? "(SELECT %s FROM %s WHERE %s = ?)"
            .formatted(
                dialect.identifier(column.name()),
                dialect.identifier(table.path()),
                table.rowId().orElseThrow().name())
        : dialect.parameter(column);
  }
}
