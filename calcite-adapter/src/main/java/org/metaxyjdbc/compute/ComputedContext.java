package org.metaxyjdbc.compute;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.StoreRowEnumerator;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.StoreValues;

/** What a computed query is executed with: the rows of the store, parameters and the time. */
final class ComputedContext implements DataContext {
  private static final String PARAMETER = "?";

  private final ComputedQuery query;
  private final ComputedQuery.Source source;
  private final Instant now = Instant.now();

  ComputedContext(ComputedQuery query, ComputedQuery.Source source) {
    this.query = query;
    this.source = source;
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.startsWith(PARAMETER)) {
      return parameter(Integer.parseInt(name.substring(PARAMETER.length())));
    }
    int index = StoreRowsScan.index(name);
    if (index >= 0) {
      return new Rows(index);
    }
    Object constant = query.constants().get(name);
    return constant != null ? constant : variable(name);
  }

  private @Nullable Object parameter(int index) {
    RelDataType type = query.parameterType(index);
    try {
      return ComputedValues.toCalcite(source.parameter(index, ComputedValues.kindOf(type)), type);
    } catch (SQLException e) {
      throw MetaxyException.ofStore(e);
    }
  }

  private @Nullable Object variable(String name) {
    for (Variable variable : Variable.values()) {
      if (variable.camelName.equals(name)) {
        return switch (variable) {
          case UTC_TIMESTAMP, CURRENT_TIMESTAMP, LOCAL_TIMESTAMP -> now.toEpochMilli();
          case TIME_ZONE -> TimeZone.getTimeZone("UTC");
          case LOCALE -> Locale.ROOT;
          default -> null;
        };
      }
    }
    return null;
  }

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return MetaxyTypeFactory.INSTANCE;
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("a computed query reads the store's rows alone");
  }

  /** The rows of one query of the store, read anew each time that they are enumerated. */
  private final class Rows extends AbstractEnumerable<Object> {
    private final int index;
    private final List<RelDataType> types;

    Rows(int index) {
      this.index = index;
      this.types = query.storeTypes(index);
    }

    @Override
    public Enumerator<Object> enumerator() {
      try {
        return new Reader(source.rows(index), types);
      } catch (SQLException e) {
        throw MetaxyException.ofStore(e);
      }
    }
  }

  private static final class Reader extends StoreRowEnumerator {
    private final ComputedQuery.Rows rows;
    private final StoreValues values;
    private final List<RelDataType> types;

    Reader(ComputedQuery.Rows rows, List<RelDataType> types) {
      super(types.size());
      this.rows = rows;
      this.values = rows.values();
      this.types = types;
    }

    @Override
    protected boolean next() throws SQLException {
      return rows.next();
    }

    @Override
    protected @Nullable Object value(int column) throws SQLException {
      return ComputedValues.toCalcite(values.value(column + 1), types.get(column));
    }

    @Override
    protected void release() throws SQLException {
      rows.close();
    }
  }
}
