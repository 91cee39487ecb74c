package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.ddl.SqlColumnDeclaration;
import org.apache.calcite.sql.ddl.SqlCreateTable;
import org.apache.calcite.sql.ddl.SqlDropTable;
import org.apache.calcite.sql.ddl.SqlKeyConstraint;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.catalog.FeatureKey;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.parser.SqlAddColumn;

/** Plans {@code CREATE TABLE}, {@code ALTER TABLE … ADD COLUMN} and {@code DROP TABLE}. */
final class DefinitionPlanner {
  /**
   * Tables whose names are keys by Metaxy's rules once each {@code __} parts them. A key can hold
   * hyphens too, but its table has underscores in their place.
   */
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  private final MetaxySchema schema;
  private final SqlValidator validator;

  DefinitionPlanner(MetaxySchema schema, SqlValidator validator) {
    this.schema = schema;
    this.validator = validator;
  }

  static boolean isDefinition(SqlNode statement) {
    return statement instanceof SqlCreateTable
        || statement instanceof SqlAddColumn
        || statement instanceof SqlDropTable;
  }

  /** The plan of a {@linkplain #isDefinition definition}. */
  Plan plan(SqlNode definition) {
    if (definition instanceof SqlCreateTable create) {
      return create(create);
    }
    return definition instanceof SqlAddColumn add
        ? addColumn(add)
        : drop((SqlDropTable) definition);
  }

  private Plan create(SqlCreateTable create) {
    String name = featureName(create.name);
    if (schema.featureTable(Rows.HISTORY, name).isPresent()) {
      if (create.ifNotExists) {
        return new Plan.Nothing(0);
      }
      throw new MetaxyException(
          SqlState.TABLE_EXISTS, "There is already a feature '%s'".formatted(name));
    }
    if (!NAME.matcher(name).matches() || keyOf(name).parts().stream().anyMatch(String::isEmpty)) {
      throw new MetaxyException(
          SqlState.INVALID_NAME,
          "'%s' cannot be a feature: Metaxy takes names of lower-case letters, digits and '_', with '__' between the parts of a key"
              .formatted(name));
    }
    List<FeatureDefinition.Column> columns = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNode element : Util.first(create.columnList, List.<SqlNode>of())) {
      if (element instanceof SqlColumnDeclaration declaration) {
        FeatureDefinition.Column column = column(declaration);
        if (!names.add(column.name())) {
          throw new MetaxyException(
              SqlState.COLUMN_EXISTS, "Column '%s' is declared twice".formatted(column.name()));
        }
        columns.add(column);
      } else if (element instanceof SqlKeyConstraint key) {
        if (!ids.isEmpty()) {
          throw new MetaxyException(
              SqlState.SYNTAX_ERROR, "'%s' has two primary keys".formatted(name));
        }
        for (SqlNode id : (org.apache.calcite.sql.SqlNodeList) key.getOperandList().get(1)) {
          ids.add(((SqlIdentifier) id).getSimple());
        }
      }
    }
    return new Plan.CreateFeature(
        new FeatureDefinition(keyOf(name), columns, idColumns(name, ids, columns)));
  }

  private static FeatureKey keyOf(String name) {
    return FeatureKey.of(name.replace("__", "/"));
  }

  private static List<String> idColumns(
      String name, List<String> ids, List<FeatureDefinition.Column> columns) {
    if (ids.isEmpty()) {
      throw new MetaxyException(
          SqlState.SYNTAX_ERROR,
          "Feature '%s' needs a PRIMARY KEY: the columns that identify a record".formatted(name));
    }
    List<String> result = new ArrayList<>();
    for (String id : ids) {
      result.add(
          columns.stream()
              .map(FeatureDefinition.Column::name)
              .filter(id::equalsIgnoreCase)
              .findFirst()
              .orElseThrow(
                  () ->
                      new MetaxyException(
                          SqlState.COLUMN_NOT_FOUND,
                          "The primary key names '%s', which is not a column".formatted(id))));
    }
    return result;
  }

  private FeatureDefinition.Column column(SqlColumnDeclaration declaration) {
    String name = declaration.name.getSimple();
    if (name.toLowerCase(Locale.ROOT).startsWith("metaxy_") || SystemColumn.of(name).isPresent()) {
      throw new MetaxyException(
          SqlState.INVALID_NAME,
          "Column '%s' cannot be declared: names that begin with metaxy_ are Metaxy's own"
              .formatted(name));
    }
    return new FeatureDefinition.Column(
        name, type(declaration.dataType), defaultValue(name, declaration.expression));
  }

  /** A constant, which the store itself gives to the rows that leave the column out. */
  private @Nullable SqlNode defaultValue(String column, @Nullable SqlNode expression) {
    if (expression == null) {
      return null;
    }
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            throw notConstant(column);
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY) || call.isA(SqlKind.AGGREGATE)) {
              throw notConstant(column);
            }
            return super.visit(call);
          }
        });
    return validator.validateParameterizedExpression(expression, Map.of());
  }

  private static MetaxyException notConstant(String column) {
    return MetaxyException.unsupported(
        "The DEFAULT of column '%s' is not a constant".formatted(column));
  }

  /** Types that Calcite's parser takes for names: other databases' words, and JSON. */
  private RelDataType type(SqlDataTypeSpec spec) {
    RelDataTypeFactory factory = validator.getTypeFactory();
    boolean nullable = !Boolean.FALSE.equals(spec.getNullable());
    String word = spec.getTypeName().toString().toUpperCase(Locale.ROOT);
    RelDataType type =
        switch (spec.getCollectionsTypeName() == null ? word : "") {
          case "JSON", "JSONB" -> factory.createSqlType(SqlTypeName.ANY);
          case "TEXT", "STRING" -> factory.createSqlType(SqlTypeName.VARCHAR);
          case "INT2" -> factory.createSqlType(SqlTypeName.SMALLINT);
          case "INT4" -> factory.createSqlType(SqlTypeName.INTEGER);
          case "INT8", "LONG" -> factory.createSqlType(SqlTypeName.BIGINT);
          case "FLOAT4" -> factory.createSqlType(SqlTypeName.REAL);
          case "FLOAT8" -> factory.createSqlType(SqlTypeName.DOUBLE);
          case "BOOL" -> factory.createSqlType(SqlTypeName.BOOLEAN);
          case "BYTEA", "BLOB" -> factory.createSqlType(SqlTypeName.VARBINARY);
          case "DATETIME", "TIMESTAMP" -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
          case "TIMESTAMPTZ" ->
              factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6);
          default -> spec.deriveType(validator);
        };
    return factory.createTypeWithNullability(type, nullable);
  }

  private Plan addColumn(SqlAddColumn add) {
    FeatureTable table = require(featureName(add.table()));
    FeatureDefinition.Column column = column(add.column());
    if (table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
      if (add.ifNotExists()) {
        return new Plan.Nothing(0);
      }
      throw new MetaxyException(
          SqlState.COLUMN_EXISTS,
          "Feature '%s' already has a column '%s'".formatted(table.feature().key(), column.name()));
    }
    if (!column.type().isNullable()) {
      throw MetaxyException.unsupported(
          "Column '%s' cannot be added as NOT NULL: the versions that '%s' already has are without it"
              .formatted(column.name(), table.feature().key()));
    }
    return new Plan.AddColumn(table, column);
  }

  private Plan drop(SqlDropTable drop) {
    String name = featureName(drop.name);
    return drop.ifExists && schema.featureTable(Rows.HISTORY, name).isEmpty()
        ? new Plan.Nothing(0)
        : new Plan.DropFeature(require(name));
  }

  private FeatureTable require(String name) {
    return schema
        .featureTable(Rows.HISTORY, name)
        .orElseThrow(
            () ->
                new MetaxyException(
                    SqlState.TABLE_NOT_FOUND,
                    "There is no feature '%s'%s; features are listed in registry.features"
                        .formatted(name, DidYouMean.of(name, schema.tableNames()))));
  }

  /** What is not quoted is lower case, as Metaxy has it. */
  private static String featureName(SqlIdentifier name) {
    List<String> path = name.names;
    if (path.size() > 1 && !path.get(path.size() - 2).equalsIgnoreCase(Rows.ACTIVE.schemaName())) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "Features are made, altered and dropped in the schema active, not in '%s'"
              .formatted(path.get(path.size() - 2)));
    }
    String last = Util.last(path);
    return name.isComponentQuoted(path.size() - 1) ? last : last.toLowerCase(Locale.ROOT);
  }
}
