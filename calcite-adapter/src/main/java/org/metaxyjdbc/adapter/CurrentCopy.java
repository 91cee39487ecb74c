package org.metaxyjdbc.adapter;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.util.SqlString;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * A copy of the current version of each record, tombstones among them, which a store may keep
 * beside a feature's table.
 *
 * @param source the feature's table
 * @param ids the names of the id columns
 * @param featureVersion of the versions among which the current ones are; null for all
 * @param path the schema and the name of the copy; another one for other columns of the source
 */
public record CurrentCopy(
    StoreTable source, List<String> ids, @Nullable String featureVersion, List<String> path) {
  private static final String PREFIX = "metaxy_system__current_";

  /** How the names of all copies of a table begin. */
  public static String prefix(StoreTable source) {
    return PREFIX + hash(source.path().toString(), 8) + "_";
  }

  static CurrentCopy of(StoreTable source, List<String> ids, @Nullable String featureVersion) {
    List<String> parts = new ArrayList<>(ids);
    parts.add(String.valueOf(featureVersion));
    for (StoreColumn column : source.columns()) {
      parts.add(column.name() + " " + column.typeName());
    }
    String name = prefix(source) + hash(String.join("\0", parts), 16);
    return new CurrentCopy(source, ids, featureVersion, List.of(source.path().get(0), name));
  }

  private static String hash(String text, int digits) {
    return Hashing.sha256()
        .hashString(text, StandardCharsets.UTF_8)
        .toString()
        .substring(0, digits);
  }

  /** The copy as a table. */
  StoreTable table() {
    return source.copiedAs(path);
  }

  /** The query of the rows that the copy is to hold, with all columns of the source. */
  public SqlString rows() {
    RelOptCluster cluster =
        RelOptCluster.create(
            new HepPlanner(HepProgram.builder().build()),
            new RexBuilder(MetaxyTypeFactory.INSTANCE));
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);
    builder.push(StoreTables.scan(cluster, source));
    if (featureVersion != null) {
      int column =
          VersionOrder.find(builder.peek().getRowType(), SystemColumn.METAXY_FEATURE_VERSION)
              .orElseThrow();
      builder.filter(builder.equals(builder.field(column), builder.literal(featureVersion)));
    }
    ImmutableBitSet idColumns =
        ImmutableBitSet.of(
            ids.stream()
                .map(id -> builder.peek().getRowType().getFieldNames().indexOf(id))
                .toList());
    Optional<String> rowId = source.rowId().map(id -> StoreTables.ROW_ID);
    builder.push(new CurrentVersion(builder.build(), idColumns, rowId));
    List<RexNode> columns =
        source.columns().stream().<RexNode>map(column -> builder.field(column.name())).toList();
    return StoreSql.toSql(builder.project(columns).build(), source.dialect());
  }
}
