package org.metaxyjdbc.compute;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.ValueText;

/**
 * A value of the store that passes through Calcite's execution as it is: what Calcite would cut to
 * milliseconds, or has no form for. It can be compared, sorted and grouped by.
 *
 * @param value as {@link StoreTypes#read} gives it; null only for an element of a list
 */
public record OpaqueValue(@Nullable Object value) implements Comparable<OpaqueValue> {
  private static final Comparator<@Nullable Object> ELEMENTS =
      Comparator.nullsLast(OpaqueValue::compare);

  /** The order that the stores have: instants by time, UUIDs by their bytes, lists by elements. */
  @Override
  public int compareTo(OpaqueValue other) {
    return ELEMENTS.compare(value, other.value);
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    if (a instanceof OffsetDateTime instant && b instanceof OffsetDateTime other) {
      return instant.toInstant().compareTo(other.toInstant());
    }
    if (a instanceof UUID uuid && b instanceof UUID other) {
      return bytes(uuid).compareTo(bytes(other));
    }
    if (a instanceof ListValue list && b instanceof ListValue other) {
      return compare(list.elements(), other.elements());
    }
    return a instanceof Comparable && a.getClass() == b.getClass()
        ? ((Comparable<Object>) a).compareTo(b)
        : ValueText.of(a).compareTo(ValueText.of(b));
  }

  private static int compare(List<@Nullable Object> a, List<@Nullable Object> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = ELEMENTS.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** The bytes as text compares them, as Java's own order takes them to have signs. */
  private static String bytes(UUID uuid) {
    return new String(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array(),
        StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpaqueValue opaque && compareTo(opaque) == 0;
  }

  @Override
  public int hashCode() {
    return value instanceof OffsetDateTime instant
        ? instant.toInstant().hashCode()
        : toString().hashCode();
  }

  @Override
  public String toString() {
    return value == null ? "" : ValueText.of(value);
  }
}
