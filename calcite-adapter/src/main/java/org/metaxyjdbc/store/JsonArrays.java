package org.metaxyjdbc.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Lists that a user gives as JSON text. */
final class JsonArrays {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonArrays() {}

  /**
   * The elements of a JSON array.
   *
   * @throws MetaxyException 22032 for text that is not a JSON array
   */
  static ListValue parse(StoreColumn column, String text) {
    try {
      return list(JSON.readValue(text, List.class));
    } catch (JsonProcessingException e) {
      throw new MetaxyException(
          SqlState.INVALID_JSON,
          "Column '%s' is a list and takes a JSON array, not '%s'".formatted(column.name(), text),
          e);
    }
  }

  private static ListValue list(List<?> elements) {
    ValueKind kind = ValueKind.OTHER;
    List<@Nullable Object> values = new ArrayList<>();
    for (Object element : elements) {
      if (element instanceof List<?> inner) {
        kind = ValueKind.LIST;
        values.add(list(inner));
      } else {
        values.add(element instanceof Map ? new JsonFragment(JsonText.of(element)) : element);
      }
    }
    return new ListValue(kind, "", values);
  }
}
