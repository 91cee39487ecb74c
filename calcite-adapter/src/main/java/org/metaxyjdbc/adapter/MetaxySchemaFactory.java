package org.metaxyjdbc.adapter;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.avatica.AvaticaUtils;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Schemas;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.StoreSettings;

/**
 * Mounts a store in any Calcite application: name this class as the {@code factory} of a schema in
 * a {@code model.json}, with {@link MountOperand}s. The package's description has one to paste.
 */
public final class MetaxySchemaFactory implements SchemaFactory {
  /**
   * Opens the store.
   *
   * @throws MetaxyException 22023 for operands that are unknown, missing or wrong, 0A000 for a
   *     database that there is no dialect for
   */
  @Override
  public Schema create(SchemaPlus parentSchema, String name, Map<String, Object> operand) {
    Map<MountOperand, String> operands = MountOperand.parse(operand);
    StoreSettings settings =
        new StoreSettings(
            StoreSettings.UNNAMED,
            operands.get(MountOperand.SCHEMA),
            operands.getOrDefault(MountOperand.TABLE_PREFIX, ""),
            StoreSettings.parseIdColumns(operands.get(MountOperand.ID_COLUMNS)));
    boolean hardDelete = MountOperand.HARD_DELETE.isTrue(operands);
    FeatureView view = FeatureView.of(operands.get(MountOperand.FEATURE_VERSION));
    MountedStore store = MountedStore.open(dataSource(operands), settings, hardDelete);
    MetaxyConvention convention =
        new MetaxyConvention(
            store,
            Schemas.subSchemaExpression(parentSchema, name, Schema.class),
            String.join(".", CalciteSchema.from(parentSchema).path(name)));
    String project = operands.get(MountOperand.PROJECT);
    return new MountedSchema(
        () -> new MetaxySchema(store.snapshot(), project, view, store, convention));
  }

  private static DataSource dataSource(Map<MountOperand, String> operands) {
    String dataSource = operands.get(MountOperand.DATA_SOURCE);
    String url = operands.get(MountOperand.JDBC_URL);
    if ((dataSource == null) == (url == null)) {
      throw MountOperand.invalid(
          "A mounted store needs one of the operands '%s', %s, and '%s', %s; there %s"
              .formatted(
                  MountOperand.JDBC_URL.operandName(),
                  MountOperand.JDBC_URL.description(),
                  MountOperand.DATA_SOURCE.operandName(),
                  MountOperand.DATA_SOURCE.description(),
                  url == null ? "is neither" : "are both"));
    }
    if (dataSource != null) {
      return AvaticaUtils.instantiatePlugin(DataSource.class, dataSource);
    }
    return JdbcSchema.dataSource(
        url,
        operands.get(MountOperand.JDBC_DRIVER),
        operands.get(MountOperand.JDBC_USER),
        operands.get(MountOperand.JDBC_PASSWORD));
  }
}
