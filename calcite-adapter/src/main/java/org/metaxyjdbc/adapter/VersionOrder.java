package org.metaxyjdbc.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.StoreOperators;
import org.metaxyjdbc.store.StoreTable;

/**
 * The order of the versions of one record, newest first: <em>the</em> definition of "current
 * version", which is the first of this order. Every read and every write uses it.
 *
 * <p>A version's time is {@code coalesce(metaxy_deleted_at, metaxy_updated_at)}, and the latest
 * wins; a version without a time loses to any other (Metaxy's own rule). Where times are equal
 * Metaxy does not say which row wins. Here a tombstone does, so that what was deleted stays hidden;
 * then the later {@code metaxy_updated_at}, {@code metaxy_created_at}, and the greater {@code
 * metaxy_data_version} and {@code metaxy_feature_version}, which are the same in every store; and
 * between rows alike in all of these the store's row id, where it has one, so that every statement
 * chooses the same row.
 */
final class VersionOrder {
  private static final List<SystemColumn> TIE_BREAK =
      List.of(
          SystemColumn.METAXY_DELETED_AT,
          SystemColumn.METAXY_UPDATED_AT,
          SystemColumn.METAXY_CREATED_AT,
          SystemColumn.METAXY_DATA_VERSION,
          SystemColumn.METAXY_FEATURE_VERSION);

  private VersionOrder() {}

  /** The time of a version: {@code coalesce(metaxy_deleted_at, metaxy_updated_at)}. */
  static RexNode time(RelBuilder builder) {
    RelDataType row = builder.peek().getRowType();
    return builder.call(
        SqlStdOperatorTable.COALESCE,
        builder.field(require(row, SystemColumn.METAXY_DELETED_AT)),
        builder.field(require(row, SystemColumn.METAXY_UPDATED_AT)));
  }

  /**
   * What versions are ordered by, over the rows on top of the builder: of two versions the newer
   * one has the greater first value in which they differ, NULL being less than any value.
   */
  static List<RexNode> values(RelBuilder builder, Optional<String> rowId) {
    RelDataType row = builder.peek().getRowType();
    List<RexNode> values = new ArrayList<>();
    values.add(time(builder));
    for (SystemColumn column : TIE_BREAK) {
      find(row, column).ifPresent(i -> values.add(builder.field(i)));
    }
    rowId
        .map(name -> row.getField(name, true, false))
        .ifPresent(field -> values.add(builder.field(field.getIndex())));
    return values;
  }

  /** The sort keys over the rows on top of the builder, newest version first. */
  static List<RexNode> keys(RelBuilder builder, Optional<String> rowId) {
    List<RexNode> keys = values(builder, rowId);
    keys.replaceAll(value -> builder.nullsLast(builder.desc(value)));
    return keys;
  }

  /**
   * The same sort keys as an index of the store has them, {@link StoreTable#versionIndex}: of the
   * versions of one record, those behind the first need not be read.
   *
   * @param index the columns before the time, which have one value each in all rows
   */
  static List<RexNode> indexedKeys(RelBuilder builder, List<String> index, Optional<String> rowId) {
    RelDataType row = builder.peek().getRowType();
    RexNode time =
        builder.call(
            StoreOperators.INDEXED_TIME,
            builder.field(require(row, SystemColumn.METAXY_DELETED_AT)),
            builder.field(require(row, SystemColumn.METAXY_UPDATED_AT)));
    List<RexNode> keys = keys(builder, rowId);
    keys.set(0, builder.nullsLast(builder.desc(time)));
    keys.addAll(0, builder.fields(index).stream().map(builder::nullsFirst).toList());
    return keys;
  }

  /** Whether the version with the first {@link #values} is newer than that with the second. */
  static RexNode isNewer(RelBuilder builder, List<RexNode> version, List<RexNode> other) {
    List<RexNode> operands = new ArrayList<>(comparable(builder, version));
    operands.addAll(comparable(builder, other));
    return builder.call(StoreOperators.IS_GREATER_ROW, operands);
  }

  /**
   * The same order without NULLs: each is the least value of its type, and beside it stands whether
   * it is one.
   */
  private static List<RexNode> comparable(RelBuilder builder, List<RexNode> values) {
    List<RexNode> result = new ArrayList<>();
    for (RexNode value : values) {
      if (value.getType().isNullable()) {
        result.add(
            SqlTypeUtil.isCharacter(value.getType())
                ? builder.call(SqlStdOperatorTable.COALESCE, value, builder.literal(""))
                : builder.call(StoreOperators.TIME_OR_LEAST, value));
        result.add(builder.isNotNull(value));
      } else {
        result.add(value);
      }
    }
    return result;
  }

  /**
   * Whether a record is deleted, by the greatest {@code metaxy_deleted_at} and the greatest {@link
   * #time} of its versions: where times are equal a tombstone is the newest.
   */
  static RexNode isDeleted(RelBuilder builder, RexNode deletedAt, RexNode time) {
    return builder.and(
        builder.isNotNull(deletedAt),
        builder.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, deletedAt, time));
  }

  /** The columns that {@link #values} reads. */
  static ImmutableBitSet columns(RelDataType row, Optional<String> rowId) {
    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    for (SystemColumn column : TIE_BREAK) {
      find(row, column).ifPresent(columns::set);
    }
    rowId
        .map(name -> row.getField(name, true, false))
        .ifPresent(field -> columns.set(field.getIndex()));
    return columns.build();
  }

  private static int require(RelDataType row, SystemColumn column) {
    return find(row, column)
        .orElseThrow(
            () -> new IllegalStateException("no column " + column.columnName() + " in " + row));
  }

  /** The index of a system column in a row type, whatever the case of its name. */
  static Optional<Integer> find(RelDataType row, SystemColumn column) {
    return Optional.ofNullable(row.getField(column.columnName(), false, false))
        .map(RelDataTypeField::getIndex);
  }
}
