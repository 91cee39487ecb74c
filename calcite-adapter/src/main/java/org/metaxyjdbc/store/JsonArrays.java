package org.metaxyjdbc.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** Lists that a user gives as JSON text, for the stores' drivers. */
final class JsonArrays {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
          .build();

  private JsonArrays() {}

  /**
   * The elements of a JSON array.
   *
   * @throws MetaxyException 22032 for text that is not a JSON array
   */
  static Object[] parse(StoreColumn column, String text) {
    try {
      return JSON.readValue(text, Object[].class);
    } catch (JsonProcessingException e) {
      throw new MetaxyException(
          SqlState.INVALID_JSON,
          "Column '%s' is a list and takes a JSON array, not '%s'".formatted(column.name(), text),
          e);
    }
  }
}
