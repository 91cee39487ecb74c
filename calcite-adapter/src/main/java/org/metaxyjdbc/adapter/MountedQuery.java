package org.metaxyjdbc.adapter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexDynamicParam;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.StoreValues;

/** A query of a mounted store. */
final class MountedQuery extends MountedStatement {
  private final List<RelDataType> types;

  MountedQuery(
      MountedStore store, String sql, List<RexDynamicParam> parameters, RelDataType rowType) {
    super(store, sql, parameters);
    this.types = rowType.getFieldList().stream().map(RelDataTypeField::getType).toList();
  }

  @Override
  public Enumerable<Object> bind(DataContext context) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        try {
          return new Rows(context);
        } catch (SQLException e) {
          throw MetaxyException.ofStore(e);
        }
      }
    };
  }

  /** The rows of one execution, with the connection that they come through. */
  private final class Rows extends StoreRowEnumerator {
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final StoreValues values;

    Rows(DataContext context) throws SQLException {
      super(types.size());
      this.connection = store().connect();
      boolean done = false;
      try {
        this.statement = prepare(connection, context);
        this.rows = statement.executeQuery();
        this.values = StoreValues.of(rows, store().dialect().types());
        done = true;
      } finally {
        if (!done) {
          connection.close();
        }
      }
    }

    @Override
    protected boolean next() throws SQLException {
      return rows.next();
    }

    @Override
    protected @Nullable Object value(int column) throws SQLException {
      return CalciteValues.read(values, column + 1, types.get(column));
    }

    @Override
    protected void release() throws SQLException {
      try (connection;
          statement) {
        rows.close();
      }
    }
  }
}
