package org.metaxyjdbc.write;

import java.sql.SQLException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreValues;

/**
 * Makes versions of rows.
 *
 * <p>Provenance says where a record comes from, the data version what it holds. An INSERT takes
 * both from the user, or from a hash of the row's content; an UPDATE keeps the provenance, and its
 * new content gives a new data version, so that Metaxy sees what is downstream of it as stale.
 */
final class VersionReader {
  private final FeatureTable feature;
  private final AppendStatement append;
  private final Set<String> kept;
  private final boolean update;
  private final List<String> fields;
  private final int[] userColumns;
  private final List<OptionalInt> ids = new ArrayList<>();

  VersionReader(FeatureTable feature, FeatureAppend.Part part, AppendStatement append) {
    this.feature = feature;
    this.append = append;
    this.kept = part.kept();
    this.update = part.update();
    this.fields = feature.feature().fieldNames();
    this.userColumns =
        append.userColumns().stream()
            .mapToInt(column -> append.indexOf(column.name()).orElseThrow())
            .toArray();
    feature.idColumns().forEach(id -> ids.add(append.indexOf(id)));
  }

  /** The version of the row that is read. */
  Version read(StoreValues row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    List<@Nullable String> texts = new ArrayList<>();
    List<Map.Entry<String, @Nullable String>> content = new ArrayList<>();
    for (int i = 0; i < userColumns.length; i++) {
      StoreColumn column = append.userColumns().get(i);
      String text = row.text(userColumns[i]);
      values.add(row.value(userColumns[i]));
      texts.add(text);
      content.add(new SimpleImmutableEntry<>(column.name(), text));
    }

    String provenanceText = text(row, SystemColumn.METAXY_PROVENANCE_BY_FIELD);
    String dataVersionText = text(row, SystemColumn.METAXY_DATA_VERSION_BY_FIELD);
    Provenance ofContent =
        provenanceText == null || (update && dataVersionText == null)
            ? Provenance.ofContent(fields, content)
            : null;
    Provenance provenance =
        hashes(SystemColumn.METAXY_PROVENANCE_BY_FIELD, provenanceText, ofContent);
    Provenance dataVersion =
        hashes(
            SystemColumn.METAXY_DATA_VERSION_BY_FIELD,
            dataVersionText,
            update ? ofContent : provenance);
    return new Version(
        append,
        values,
        texts,
        idValues(row),
        idTexts(row),
        provenance.toJson(),
        hash(row, SystemColumn.METAXY_PROVENANCE, provenance),
        dataVersion.toJson(),
        hash(row, SystemColumn.METAXY_DATA_VERSION, dataVersion),
        append.rowIdIndex().isPresent() ? row.value(append.rowIdIndex().getAsInt()) : null);
  }

  private Provenance hashes(
      SystemColumn column, @Nullable String given, @Nullable Provenance otherwise) {
    if (given != null) {
      return kept.contains(column.columnName())
          ? Provenance.ofStore(given, column.columnName())
          : Provenance.parse(given, column.columnName(), fields);
    }
    if (otherwise == null) {
      throw new IllegalStateException("no hashes for " + column);
    }
    return otherwise;
  }

  private String hash(StoreValues row, SystemColumn column, Provenance hashes) throws SQLException {
    String given = text(row, column);
    return given == null ? hashes.hash() : given;
  }

  private @Nullable String text(StoreValues row, SystemColumn column) throws SQLException {
    OptionalInt index = append.indexOf(column.columnName());
    return index.isPresent() ? row.text(index.getAsInt()) : null;
  }

  private List<@Nullable Object> idValues(StoreValues row) throws SQLException {
    List<@Nullable Object> result = new ArrayList<>();
    for (OptionalInt id : ids) {
      result.add(id.isPresent() ? row.value(id.getAsInt()) : null);
    }
    if (!update && result.contains(null)) {
      throw new MetaxyException(
          SqlState.NOT_NULL_VIOLATION,
          "A record of feature '%s' needs a value for each of its id columns %s"
              .formatted(feature.feature().key(), feature.idColumns()));
    }
    return result;
  }

  private List<String> idTexts(StoreValues row) throws SQLException {
    List<String> result = new ArrayList<>();
    for (OptionalInt id : ids) {
      result.add(Version.idText(id.isPresent() ? row.text(id.getAsInt()) : null));
    }
    return result;
  }
}
