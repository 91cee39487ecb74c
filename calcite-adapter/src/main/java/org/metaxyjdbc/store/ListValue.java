package org.metaxyjdbc.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@link ValueKind#LIST}.
 *
 * @param elementKind the kind of each element
 * @param elementTypeName the store's name of their type
 * @param elements the values, each as {@link StoreTypes#read} gives it; null for NULL
 */
public record ListValue(
    ValueKind elementKind, String elementTypeName, List<@Nullable Object> elements) {
  public ListValue {
    elements = Collections.unmodifiableList(new ArrayList<>(elements));
  }
}
