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
  private final class Rows implements Enumerator<Object> {
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final StoreValues values;

    Rows(DataContext context) throws SQLException {
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
    public boolean moveNext() {
      try {
        return rows.next();
      } catch (SQLException e) {
        throw MetaxyException.ofStore(e);
      }
    }

    /** Calcite wants the value itself where a row has one, and an array where it has several. */
    @Override
    public Object current() {
      try {
        @Nullable Object[] row = new Object[types.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = CalciteValues.read(values, i + 1, types.get(i));
        }
        return row.length == 1 ? row[0] : row;
      } catch (SQLException e) {
        throw MetaxyException.ofStore(e);
      }
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("the rows of a store pass by once");
    }

    @Override
    public void close() {
      try (connection;
          statement) {
        rows.close();
      } catch (SQLException e) {
        throw MetaxyException.ofStore(e);
      }
    }
  }
}
