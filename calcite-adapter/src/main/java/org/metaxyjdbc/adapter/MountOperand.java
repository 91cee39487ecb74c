package org.metaxyjdbc.adapter;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.model.ModelHandler;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** An operand of {@link MetaxySchemaFactory} in a {@code model.json}. */
public enum MountOperand {
  JDBC_URL("jdbcUrl", "the store's own URL, for example jdbc:duckdb:features.duckdb"),
  JDBC_DRIVER("jdbcDriver", "the class of the store's driver, where it does not register itself"),
  JDBC_USER("jdbcUser", "the user in the store"),
  JDBC_PASSWORD("jdbcPassword", "that user's password"),
  DATA_SOURCE("dataSource", "instead of jdbcUrl: a class that implements javax.sql.DataSource"),
  SCHEMA("schema", "the store's schema with Metaxy's tables; by default the current one"),
  TABLE_PREFIX("table_prefix", "what every physical table name begins with; by default nothing"),
  ID_COLUMNS(
      "id_columns",
      "the id columns of tables without a registry entry: table:column+column,table2:column"),
  PROJECT("project", "only this Metaxy project's features; by default those of all projects"),
  FEATURE_VERSION(
      "feature_version", "current, all, or one feature version; by default the current one"),
  HARD_DELETE("hard_delete", "true: DELETE removes rows physically; by default false");

  private final String operandName;
  private final String description;

  MountOperand(String operandName, String description) {
    this.operandName = operandName;
    this.description = description;
  }

  /** The name in a {@code model.json}. */
  public String operandName() {
    return operandName;
  }

  public String description() {
    return description;
  }

  /**
   * The operands that a model gives.
   *
   * @throws MetaxyException 22023 for one that there is not
   */
  static Map<MountOperand, String> parse(Map<String, ?> given) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(given);
    for (ModelHandler.ExtraOperand ofCalcite : ModelHandler.ExtraOperand.values()) {
      rest.remove(ofCalcite.camelName);
    }
    Map<MountOperand, String> operands = new EnumMap<>(MountOperand.class);
    for (MountOperand operand : values()) {
      Object value = rest.remove(operand.operandName);
      if (value != null) {
        operands.put(operand, value.toString());
      }
    }
    if (!rest.isEmpty()) {
      throw invalid(
          "There is no operand %s; there are %s"
              .formatted(
                  rest.keySet(), Arrays.stream(values()).map(MountOperand::operandName).toList()));
    }
    return operands;
  }

  /**
   * Whether the operand is true.
   *
   * @throws MetaxyException 22023 where it is neither true nor false
   */
  boolean isTrue(Map<MountOperand, String> operands) {
    String value = operands.getOrDefault(this, "false");
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw invalid(
          "Operand '%s' cannot be '%s'; it can be true or false".formatted(operandName, value));
    }
    return value.equalsIgnoreCase("true");
  }

  static MetaxyException invalid(String message) {
    return new MetaxyException(SqlState.INVALID_PARAMETER_VALUE, message);
  }
}
