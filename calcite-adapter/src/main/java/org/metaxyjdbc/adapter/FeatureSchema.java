package org.metaxyjdbc.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.catalog.Feature;
import org.metaxyjdbc.catalog.JsonTree;
import org.metaxyjdbc.catalog.Registration;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.MetaxyTypeSystem;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;

/**
 * The JSON schema of a feature's class, which the registry holds: the only word on the columns of a
 * feature that was pushed and never written.
 */
final class FeatureSchema {

  private FeatureSchema() {}

  /** A table without rows, with the columns that the schema declares. */
  static StoreTable absentTable(FeatureStore store, Feature feature) {
    List<StoreColumn> columns = new ArrayList<>();
    Registration registration = feature.registration();
    if (registration != null) {
      JsonNode properties = parse(registration.featureSchema()).path("properties");
      properties
          .fields()
          .forEachRemaining(
              property -> {
                if (SystemColumn.of(property.getKey()).isEmpty()) {
                  columns.add(column(property.getKey(), jdbcType(property.getValue())));
                }
              });
    }
    for (String id : feature.idColumns()) {
      if (columns.stream().noneMatch(column -> column.name().equals(id))) {
        columns.add(0, column(id, Types.VARCHAR));
      }
    }
    for (SystemColumn system : SystemColumn.values()) {
      columns.add(
          column(
              system.columnName(),
              switch (system.type()) {
                case TEXT -> Types.VARCHAR;
                case TIMESTAMP -> Types.TIMESTAMP_WITH_TIMEZONE;
                case NESTED -> Types.OTHER;
              }));
    }
    return StoreTable.absent(store, feature.tableName(), columns);
  }

  /** The columns of a table that was never written, as a query shows them: nested ones as text. */
  static List<StoreColumn> shownColumns(FeatureStore store, Feature feature) {
    return absentTable(store, feature).columns().stream()
        .map(
            column ->
                column.jdbcType() == Types.OTHER ? column(column.name(), Types.VARCHAR) : column)
        .toList();
  }

  private static JsonNode parse(@Nullable String json) {
    try {
      return json == null ? JsonTree.empty() : JsonTree.read(json);
    } catch (IOException e) {
      return JsonTree.empty();
    }
  }

  private static StoreColumn column(String name, int jdbcType) {
    return new StoreColumn(
        name,
        jdbcType,
        "",
        0,
        jdbcType == Types.TIMESTAMP_WITH_TIMEZONE ? MetaxyTypeSystem.TIMESTAMP_PRECISION : 0,
        true,
        null);
  }

  /** {@code anyOf} of a type and null is that type, optional. */
  private static int jdbcType(JsonNode property) {
    for (JsonNode alternative : property.path("anyOf")) {
      if (!alternative.path("type").asText().equals("null")) {
        return jdbcType(alternative);
      }
    }
    return switch (property.path("type").asText()) {
      case "integer" -> Types.BIGINT;
      case "number" -> Types.DOUBLE;
      case "boolean" -> Types.BOOLEAN;
      case "string" ->
          switch (property.path("format").asText()) {
            case "date" -> Types.DATE;
            case "date-time" -> Types.TIMESTAMP_WITH_TIMEZONE;
            default -> Types.VARCHAR;
          };
      default -> Types.OTHER;
    };
  }
}
