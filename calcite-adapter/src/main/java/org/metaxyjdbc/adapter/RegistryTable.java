package org.metaxyjdbc.adapter;

import com.google.common.collect.ImmutableList;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.store.StoreColumn;

/** Rows that the driver knows by itself: they go into the store's statement as VALUES. */
final class RegistryTable extends AbstractTable implements TranslatableTable {
  /** Any length: it makes the VALUES' text another type than the column's, which has none. */
  private static final int LONGEST_TEXT = 1_000_000;

  static final List<String> FEATURES =
      List.of(
          "feature_key",
          "table_name",
          "id_columns",
          "current_feature_version",
          "registered_feature_version",
          "project",
          "project_version",
          "dependencies",
          "description",
          "is_registered",
          "is_written",
          "problem");

  private final List<String> columns;
  private final List<List<@Nullable Object>> rows;

  private RegistryTable(List<String> columns, List<List<@Nullable Object>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  static RegistryTable empty(List<String> columns) {
    return new RegistryTable(columns, List.of());
  }

  /** A row a feature, the unregistered tables among them. */
  static RegistryTable features(MetaxySchema schema) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    written.addAll(schema.writtenTableNames());
    for (Feature feature : schema.features()) {
      rows.add(row(feature, written.contains(feature.tableName())));
    }
    return new RegistryTable(FEATURES, rows);
  }

  private static List<@Nullable Object> row(Feature feature, boolean isWritten) {
    Optional<Registration> registration = Optional.ofNullable(feature.registration());
    Optional<FeatureSpec> spec = Optional.ofNullable(feature.spec());
    return Arrays.asList(
        feature.isRegistered() ? feature.key() : null,
        feature.tableName(),
        feature.idColumns().isEmpty() ? null : String.join(",", feature.idColumns()),
        feature.version(),
        registration.map(Registration::featureVersion).orElse(null),
        registration.map(Registration::project).orElse(null),
        feature.projectVersion().orElse(null),
        spec.map(RegistryTable::dependencies).orElse(null),
        spec.map(FeatureSpec::description).orElse(null),
        feature.isRegistered(),
        isWritten,
        feature.problem());
  }

  private static String dependencies(FeatureSpec spec) {
    return String.join(
        ",",
        spec.dependencies().stream().map(dependency -> dependency.feature().toString()).toList());
  }

  private static boolean isFlag(String column) {
    return column.startsWith("is_");
  }

  /** Columns of those names, as JDBC's metadata describes them. */
  static List<StoreColumn> columns(List<String> names) {
    return names.stream()
        .map(
            name ->
                isFlag(name)
                    ? new StoreColumn(name, Types.BOOLEAN, "BOOLEAN", 0, 0, true, null)
                    : new StoreColumn(name, Types.VARCHAR, "VARCHAR", 0, 0, true, null))
        .toList();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return rowType(typeFactory, typeFactory.createSqlType(SqlTypeName.VARCHAR));
  }

  private RelDataType rowType(RelDataTypeFactory typeFactory, RelDataType text) {
    RelDataType flag = typeFactory.createSqlType(SqlTypeName.BOOLEAN);
    RelDataTypeFactory.Builder row = typeFactory.builder();
    for (String column : columns) {
      row.add(column, typeFactory.createTypeWithNullability(isFlag(column) ? flag : text, true));
    }
    return row.build();
  }

  /** The rows as VALUES, each column cast to its type: else the store guesses it from the rows. */
  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    RelOptCluster cluster = context.getCluster();
    RelDataType rowType = relOptTable.getRowType();
    if (rows.isEmpty()) {
      return StoreTables.noRows(cluster, rowType);
    }
    RelDataTypeFactory types = cluster.getTypeFactory();
    RelNode values =
        values(cluster, rowType(types, types.createSqlType(SqlTypeName.VARCHAR, LONGEST_TEXT)));
    List<RexNode> typed = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      typed.add(
          cluster
              .getRexBuilder()
              .makeAbstractCast(
                  field.getType(),
                  cluster.getRexBuilder().makeInputRef(values, field.getIndex()),
                  false));
    }
    return LogicalProject.create(values, List.of(), typed, rowType.getFieldNames(), Set.of());
  }

  private RelNode values(RelOptCluster cluster, RelDataType rowType) {
    RexBuilder rexBuilder = cluster.getRexBuilder();
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (List<@Nullable Object> row : rows) {
      ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
      for (int i = 0; i < row.size(); i++) {
        RelDataType type = rowType.getFieldList().get(i).getType();
        Object value = row.get(i);
        tuple.add(
            value == null
                ? rexBuilder.makeNullLiteral(type)
                : (RexLiteral) rexBuilder.makeLiteral(value, type, false));
      }
      tuples.add(tuple.build());
    }
    return LogicalValues.create(cluster, rowType, tuples.build());
  }
}
