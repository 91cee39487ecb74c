package org.metaxyjdbc.compute;

import java.util.List;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The rows that Calcite computes, with values and errors as those of a store. */
final class ComputedRows implements Enumerator<@Nullable Object[]> {
  private final Enumerator<Object> rows;
  private final List<RelDataType> types;

  ComputedRows(Enumerator<Object> rows, List<RelDataType> types) {
    this.rows = rows;
    this.types = types;
  }

  @Override
  public boolean moveNext() {
    try {
      return rows.moveNext();
    } catch (RuntimeException e) {
      throw ComputeErrors.of(e);
    }
  }

  /** Calcite gives the value itself where a row has one, and an array where it has several. */
  @Override
  public @Nullable Object[] current() {
    try {
      Object row = rows.current();
      @Nullable Object[] values =
          types.size() == 1 ? new @Nullable Object[] {row} : ((Object[]) row).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = ComputedValues.fromCalcite(values[i], types.get(i));
      }
      return values;
    } catch (RuntimeException e) {
      throw ComputeErrors.of(e);
    }
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("computed rows pass by once");
  }

  @Override
  public void close() {
    rows.close();
  }
}
