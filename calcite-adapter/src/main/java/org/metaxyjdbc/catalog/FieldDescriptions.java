package org.metaxyjdbc.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a feature's class says of its fields: the {@code description}s in the JSON schema that the
 * registry holds. Reads no more of the text than it needs.
 */
final class FieldDescriptions {
  private static final JsonFactory JSON = new JsonFactory();

  private FieldDescriptions() {}

  /** Descriptions by the field's name; none where the text is no JSON schema. */
  static Map<String, String> of(@Nullable String featureSchema) {
    Map<String, String> descriptions = new HashMap<>();
    if (featureSchema == null) {
      return descriptions;
    }
    try (JsonParser parser = JSON.createParser(featureSchema)) {
      if (parser.nextToken() == JsonToken.START_OBJECT && enter(parser, "properties")) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          if (parser.nextToken() == JsonToken.START_OBJECT) {
            describe(parser, field, descriptions);
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return descriptions;
  }

  /** Goes to the value of a field of the current object, which must itself be an object. */
  private static boolean enter(JsonParser parser, String field) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      JsonToken value = parser.nextToken();
      if (found) {
        return value == JsonToken.START_OBJECT;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static void describe(JsonParser parser, String field, Map<String, String> descriptions)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals("description");
      if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
        descriptions.put(field, parser.getText());
      }
      parser.skipChildren();
    }
  }
}
