package org.metaxyjdbc.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.ColumnType;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;

/**
 * Rows of the store in memory, in which one can go back and forth. Holds the values as {@link
 * StoreTypes#read} gives them: to be read with {@link StoreTypes#IN_MEMORY}.
 */
final class ScrollableRows extends SimpleResultSet {
  private final List<@Nullable Object[]> rows;
  private final Place place;

  private ScrollableRows(List<@Nullable Object[]> rows, Place place) {
    super(place);
    this.rows = rows;
    this.place = place;
    setAutoClose(false);
  }

  /**
   * Copies what is left of a result of the store.
   *
   * @param withCurrent whether the row on which the result stands is the first one of the copy, on
   *     which the copy then stands too
   * @param limit the most rows to copy; 0 for all
   */
  static ScrollableRows of(
      ResultSet source,
      MetaxyResultSetMetaData metaData,
      StoreTypes types,
      boolean withCurrent,
      long limit)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    ScrollableRows result = new ScrollableRows(rows, new Place(rows));
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnType type = metaData.type(i);
      result.addColumn(
          metaData.getColumnLabel(i), type.jdbcType(), type.name(), type.size(), type.scale());
    }
    StoreValues values = StoreValues.of(source, types);
    boolean more = withCurrent || source.next();
    while (more) {
      @Nullable Object[] row = new @Nullable Object[metaData.getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = values.value(i + 1);
      }
      rows.add(row);
      more = (limit == 0 || rows.size() < limit) && source.next();
    }
    if (withCurrent) {
      result.next();
    }
    return result;
  }

  /** The row on which this stands, to be changed in place; null where it is on none. */
  @Nullable Object @Nullable [] current() {
    return place.readRow();
  }

  /** Adds a row after the last one. */
  void add(@Nullable Object[] row) {
    rows.add(row);
  }

  /** Takes the current row out; this then stands on the one before. */
  void removeCurrent() throws SQLException {
    rows.remove(place.row - 1);
    go(place.row - 1L);
  }

  /** Shows a row that is none of these, until this goes anywhere. */
  void showOutside(@Nullable Object[] row) throws SQLException {
    place.outside = row;
    super.next();
  }

  /** Shows the row again on which this stood before {@link #showOutside}. */
  void showCurrent() throws SQLException {
    go(place.row);
  }

  private boolean go(long target) throws SQLException {
    place.outside = null;
    place.row = (int) Math.max(0, Math.min(target, rows.size() + 1L));
    return super.next();
  }

  @Override
  public boolean next() throws SQLException {
    return go(place.row + 1L);
  }

  @Override
  public boolean previous() throws SQLException {
    return go(place.row - 1L);
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    return go(row >= 0 ? row : rows.size() + 1L + row);
  }

  @Override
  public boolean relative(int offset) throws SQLException {
    return go((long) place.row + offset);
  }

  @Override
  public boolean first() throws SQLException {
    return go(1);
  }

  @Override
  public boolean last() throws SQLException {
    return go(rows.size());
  }

  @Override
  public void beforeFirst() throws SQLException {
    go(0);
  }

  @Override
  public void afterLast() throws SQLException {
    go(rows.size() + 1L);
  }

  @Override
  public boolean isBeforeFirst() {
    return place.row == 0 && !rows.isEmpty();
  }

  @Override
  public boolean isAfterLast() {
    return place.row > rows.size() && !rows.isEmpty();
  }

  @Override
  public boolean isFirst() {
    return place.row == 1 && !rows.isEmpty();
  }

  @Override
  public boolean isLast() {
    return place.row == rows.size() && !rows.isEmpty();
  }

  @Override
  public int getRow() {
    return place.row <= rows.size() ? place.row : 0;
  }

  @Override
  public int getType() {
    return ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  /** The row that is read next, counted from 1. */
  private static final class Place implements SimpleRowSource {
    private final List<@Nullable Object[]> rows;
    private int row;
    private @Nullable Object @Nullable [] outside;

    Place(List<@Nullable Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public @Nullable Object @Nullable [] readRow() {
      if (outside != null) {
        return outside;
      }
      return row >= 1 && row <= rows.size() ? rows.get(row - 1) : null;
    }

    @Override
    public void reset() {}

    @Override
    public void close() {}
  }
}
