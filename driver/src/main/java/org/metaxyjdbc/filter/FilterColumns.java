package org.metaxyjdbc.filter;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.DidYouMean;

/** The columns of one feature. */
public final class FilterColumns {
  private static final String SYSTEM_PREFIX = "metaxy_";

  private final String feature;
  private final List<FilterColumn> columns;

  public FilterColumns(String feature, List<FilterColumn> columns) {
    this.feature = feature;
    this.columns = List.copyOf(columns);
  }

  /** The columns of a query on a feature. */
  public static FilterColumns of(String feature, ResultSetMetaData metaData) throws SQLException {
    List<FilterColumn> columns = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      columns.add(
          new FilterColumn(
              metaData.getColumnLabel(i),
              ValueType.of(metaData.getColumnType(i), metaData.getColumnTypeName(i))));
    }
    return new FilterColumns(feature, columns);
  }

  /**
   * The column of that name, in any case unless there is one in the same. A dot is part of the
   * name.
   *
   * @throws MetaxyException 42S22 where there is none
   */
  FilterColumn require(SqlIdentifier identifier) {
    String name = String.join(".", identifier.names);
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> ignoringCase(name))
        .orElseThrow(() -> unknown(name, identifier.isComponentQuoted(0)));
  }

  private Optional<FilterColumn> ignoringCase(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  private MetaxyException unknown(String name, boolean quoted) {
    String hint =
        ignoringCase(SYSTEM_PREFIX + name)
            .map(column -> "; did you mean '" + column.name() + "'?")
            .orElseGet(
                () -> DidYouMean.of(name, columns.stream().map(FilterColumn::name).toList()));
    if (quoted) {
      hint += "; text is written in single quotes";
    }
    return new MetaxyException(
        SqlState.COLUMN_NOT_FOUND,
        "Feature '%s' has no column '%s'%s".formatted(feature, name, hint));
  }
}
