package org.metaxyjdbc.write;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version that is to be appended, but for its time.
 *
 * @param append the store's INSERT of it
 * @param values the values of the user's columns; null for NULL
 * @param texts the same as text
 * @param ids the values of the id columns; null for NULL
 * @param idTexts the same as text, in the form of {@link #idText}
 * @param rowId the row id of the version before, where columns are copied from it; else null
 */
record Version(
    AppendStatement append,
    List<@Nullable Object> values,
    List<@Nullable String> texts,
    List<@Nullable Object> ids,
    List<String> idTexts,
    String provenanceByField,
    @Nullable String provenance,
    String dataVersionByField,
    @Nullable String dataVersion,
    @Nullable Object rowId) {
  /** A text that is equal for equal ids, two NULLs among them. */
  static String idText(@Nullable String text) {
    return text == null ? "" : "=" + text;
  }
}
