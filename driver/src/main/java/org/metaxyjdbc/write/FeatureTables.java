package org.metaxyjdbc.write;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.FeatureDefinition;
import org.metaxyjdbc.session.CurrentCopies;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.StoreCapability;
import org.metaxyjdbc.store.StoreDialect;
import org.metaxyjdbc.store.StoreTable;

/**
 * Makes, alters and drops features: the physical table, the index by which the current version is
 * found, and the registry's entry.
 */
public final class FeatureTables {
  private static final List<String> DEFAULT_FIELDS = List.of("default");

  private final Session session;
  private final StoreDialect dialect;

  public FeatureTables(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  /** {@code CREATE TABLE}. */
  public void create(FeatureDefinition definition) throws SQLException {
    define(
        () -> {
          String name = definition.key().tableName();
          session.lockForWriting(StoreTable.absent(session.store(), name, List.of()));
          List<String> path = path(name);
          List<String> columns = new ArrayList<>();
          for (FeatureDefinition.Column column : definition.columns()) {
            columns.add(
                dialect.identifier(column.name())
                    + " "
                    + dialect.columnType(column.type())
                    + (column.defaultValue() == null
                        ? ""
                        : " DEFAULT " + dialect.defaultValue(column.type(), column.defaultValue()))
                    + (column.type().isNullable() ? "" : " NOT NULL"));
          }
          createTable(path, columns, DEFAULT_FIELDS, definition.idColumns());
          new RegistryWriter(session).register(definition);
        });
  }

  /**
   * The table of a feature that was registered and never written, with the columns that its
   * registration declares.
   */
  public StoreTable createDeclared(FeatureTable feature) throws SQLException {
    StoreTable absent = feature.storeTable();
    define(
        () -> {
          List<String> columns = new ArrayList<>();
          absent.columns().stream()
              .filter(column -> SystemColumn.of(column.name()).isEmpty())
              .forEach(
                  column ->
                      columns.add(
                          dialect.identifier(column.name())
                              + " "
                              + dialect.columnType(
                                  dialect.toType(
                                      org.metaxyjdbc.store.MetaxyTypeFactory.INSTANCE, column))));
          createTable(absent.path(), columns, feature.feature().fieldNames(), feature.idColumns());
        });
    return dialect
        .table(session.connection(), absent.path().get(0), absent.name())
        .orElseThrow(() -> new IllegalStateException("the table was just made"));
  }

  /** {@code ALTER TABLE … ADD COLUMN}: NULL in the versions that there are. */
  public void addColumn(FeatureTable feature, FeatureDefinition.Column column) throws SQLException {
    StoreTable table = feature.storeTable();
    if (table.kind() == StoreTable.Kind.VIEW) {
      throw MetaxyException.unsupported(
          "Feature '%s' is a view in this store and is altered there"
              .formatted(feature.feature().key()));
    }
    define(
        () -> {
          session.lockForWriting(table);
          if (table.kind() == StoreTable.Kind.ABSENT) {
            createDeclared(feature);
          }
          execute(
              "ALTER TABLE %s ADD COLUMN %s %s"
                  .formatted(
                      dialect.identifier(table.path()),
                      dialect.identifier(column.name()),
                      dialect.columnType(column.type())));
          new RegistryWriter(session).addColumn(feature.feature(), column);
        });
  }

  /**
   * {@code DROP TABLE}.
   *
   * @throws MetaxyException 42501 without {@code hard_delete}
   */
  public void drop(FeatureTable feature) throws SQLException {
    if (!session.settings().is(SessionSetting.HARD_DELETE)) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "DROP TABLE removes all versions of '%s' physically; SET hard_delete = true first, or DELETE FROM active.%s to append tombstones"
              .formatted(feature.feature().key(), feature.feature().tableName()));
    }
    if (session.settings().is(SessionSetting.APPEND_ONLY)) {
      throw MetaxyException.unsupported(
          "This store (%s) is append-only: '%s' cannot be dropped"
              .formatted(dialect.productName(), feature.feature().key()));
    }
    StoreTable table = feature.storeTable();
    if (table.kind() == StoreTable.Kind.VIEW) {
      throw MetaxyException.unsupported(
          "Feature '%s' is a view in this store and is dropped there"
              .formatted(feature.feature().key()));
    }
    define(
        () -> {
          session.lockForWriting(table);
          new RegistryWriter(session).unregister(feature.feature());
          if (table.kind() == StoreTable.Kind.TABLE) {
            CurrentCopies.clear(session, table);
            execute("DROP TABLE " + dialect.identifier(table.path()));
          }
        });
  }

  private void createTable(
      List<String> path, List<String> columns, List<String> fields, List<String> idColumns)
      throws SQLException {
    List<String> all = new ArrayList<>(columns);
    for (SystemColumn system : SystemColumn.values()) {
      all.add(
          dialect.identifier(system.columnName())
              + " "
              + dialect.systemColumnType(system.type(), fields));
    }
    all.addAll(dialect.computedColumns());
    execute("CREATE TABLE %s (%s)".formatted(dialect.identifier(path), String.join(", ", all)));
    for (String index : dialect.createIndexes(path, idColumns)) {
      execute(index);
    }
  }

  private List<String> path(String tableName) {
    FeatureStore store = session.store();
    return List.of(store.schema(), store.physicalName(tableName));
  }

  private void execute(String ddl) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(ddl);
    }
  }

  /** DDL that is part of a statement. */
  @FunctionalInterface
  private interface Definition {
    void run() throws SQLException;
  }

  private void define(Definition definition) throws SQLException {
    if (session.isGlobal() && !dialect.can(StoreCapability.DEFINITIONS_IN_TRANSACTIONS)) {
      throw MetaxyException.unsupported(
          "%s commits where a table is made, altered or dropped; do that outside of the global transaction"
              .formatted(dialect.productName()));
    }
    session.statements().clear();
    try {
      session.allOrNothing(
          () -> {
            definition.run();
            return true;
          });
    } finally {
      session.definitionsChanged();
    }
  }
}
