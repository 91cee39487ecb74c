package org.metaxyjdbc.adapter;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.FeatureSpec;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.store.MetaxyTypeFactory;
import org.metaxyjdbc.store.StoreColumn;

/** Rows that the driver knows by itself: they go into the store's statement as VALUES. */
final class RegistryTable extends AbstractTable implements TranslatableTable, MetaxyTable {
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
  private final Function<String, SqlTypeName> types;
  private final List<List<@Nullable Object>> rows;
  private final Convention convention;

  /**
   * Creates a table.
   *
   * @param types the type of a column, by its name
   */
  RegistryTable(
      List<String> columns,
      Function<String, SqlTypeName> types,
      List<List<@Nullable Object>> rows,
      Convention convention) {
    this.columns = columns;
    this.types = types;
    this.rows = rows;
    this.convention = convention;
  }

  private RegistryTable(
      List<String> columns, List<List<@Nullable Object>> rows, Convention convention) {
    this(
        columns,
        column -> isFlag(column) ? SqlTypeName.BOOLEAN : SqlTypeName.VARCHAR,
        rows,
        convention);
  }

  static RegistryTable empty(List<String> columns, Convention convention) {
    return new RegistryTable(columns, List.of(), convention);
  }

  @Override
  public Convention convention() {
    return convention;
  }

  /** A row a feature, the unregistered tables among them. */
  static RegistryTable features(MetaxySchema schema) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    written.addAll(schema.writtenTableNames());
    for (FeatureColumns columns : schema.columns(schema.features())) {
      Feature feature = columns.feature();
      boolean isWritten = written.contains(feature.tableName());
      List<String> missing = isWritten ? columns.missing(feature.version() != null) : List.of();
      rows.add(row(feature, isWritten, missing));
    }
    return new RegistryTable(FEATURES, rows, schema.convention());
  }

  private static List<@Nullable Object> row(
      Feature feature, boolean isWritten, List<String> missing) {
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
        feature.problem() != null || missing.isEmpty()
            ? feature.problem()
            : "its table has no column " + String.join(" and no column ", missing));
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
                    ? new StoreColumn(name, Types.BOOLEAN, "", 0, 0, true, null)
                    : new StoreColumn(name, Types.VARCHAR, "", 0, 0, true, null))
        .toList();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder row = typeFactory.builder();
    for (String column : columns) {
      RelDataType type = typeFactory.createSqlType(types.apply(column));
      row.add(column, typeFactory.createTypeWithNullability(type, true));
    }
    return row.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return new RegistryScan(context.getCluster(), relOptTable, this);
  }

  private static final class RegistryScan extends StoreScan {
    private final RegistryTable registryTable;

    RegistryScan(RelOptCluster cluster, RelOptTable table, RegistryTable registryTable) {
      super(cluster, registryTable.convention, table);
      this.registryTable = registryTable;
    }

    /** The rows as literals of any language, whatever character set the application is set to. */
    /** In the first row with its type: the literals of a column alone have the longest's length. */
    private RexNode typed(RelDataType type, RexNode literal, boolean isFirst) {
      return isFirst
          ? getCluster().getRexBuilder().makeAbstractCast(type, literal, false)
          : literal;
    }

    @Override
    RelNode expand() {
      RexBuilder rexBuilder = getCluster().getRexBuilder();
      RelDataType literals = registryTable.getRowType(MetaxyTypeFactory.INSTANCE);
      List<List<RexNode>> rows = new ArrayList<>();
      for (List<@Nullable Object> row : registryTable.rows) {
        List<RexNode> literalsOfRow = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          RelDataType type = literals.getFieldList().get(i).getType();
          Object value = row.get(i);
          literalsOfRow.add(
              value == null
                  ? rexBuilder.makeNullLiteral(type)
                  : typed(type, rexBuilder.makeLiteral(value, type, false), rows.isEmpty()));
        }
        rows.add(literalsOfRow);
      }
      RelNode values =
          rows.isEmpty()
              ? LogicalValues.createEmpty(getCluster(), literals)
              : ConstantRows.of(getCluster(), literals, rows);
      return RelOptUtil.createCastRel(values, getRowType(), true);
    }
  }
}
