package org.metaxyjdbc.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** The id columns as primary keys and the dependencies as foreign keys. */
class MetadataKeysTest {
  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> result = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(rows.getString(column));
        }
        result.add(String.join(" ", row));
      }
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void idColumnsAreThePrimaryKey(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      for (String schema : List.of("active", "include_deleted", "only_deleted")) {
        assertThat(
                rows(
                    metaData.getPrimaryKeys("metaxy", schema, "Video__Faces"),
                    "TABLE_CAT",
                    "TABLE_SCHEM",
                    "TABLE_NAME",
                    "COLUMN_NAME",
                    "KEY_SEQ",
                    "PK_NAME"))
            .containsExactly(
                "metaxy %s video__faces clip 2 video__faces_pkey".formatted(schema),
                "metaxy %s video__faces face_no 1 video__faces_pkey".formatted(schema));
      }
      for (String schema : List.of("history", "registry")) {
        assertThat(rows(metaData.getPrimaryKeys(null, schema, "video__raw"), "COLUMN_NAME"))
            .isEmpty();
      }
      assertThat(rows(metaData.getPrimaryKeys(null, "active", "loose"), "COLUMN_NAME")).isEmpty();
      assertThat(rows(metaData.getPrimaryKeys(null, "active", "video%"), "COLUMN_NAME")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void thePrimaryKeyIsAUniqueIndexAndIdentifiesARow(TestStore.Kind kind) throws SQLException {
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(
              rows(
                  metaData.getIndexInfo(null, "active", "video__faces", true, true),
                  "NON_UNIQUE",
                  "INDEX_NAME",
                  "TYPE",
                  "ORDINAL_POSITION",
                  "COLUMN_NAME"))
          .containsExactly(
              "false video__faces_pkey 3 1 face_no", "false video__faces_pkey 3 2 clip");
      assertThat(
              rows(
                  metaData.getBestRowIdentifier(
                      null, "active", "video__faces", DatabaseMetaData.bestRowSession, true),
                  "SCOPE",
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "COLUMN_SIZE",
                  "PSEUDO_COLUMN"))
          .containsExactly("2 face_no INTEGER 10 1", "2 clip VARCHAR 2147483647 1");
      assertThat(rows(metaData.getVersionColumns(null, "active", "video__faces"), "COLUMN_NAME"))
          .containsExactly("metaxy_updated_at");
      assertThat(rows(metaData.getIndexInfo(null, "history", "video__raw", true, true), "TYPE"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void dependenciesAreForeignKeysWhereTheChildHoldsTheParentsIdColumns(TestStore.Kind kind)
      throws SQLException {
    String[] columns = {
      "PKTABLE_CAT",
      "PKTABLE_SCHEM",
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_CAT",
      "FKTABLE_SCHEM",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ",
      "FK_NAME",
      "PK_NAME"
    };
    String renamed =
        "metaxy active video__raw video_id metaxy active video__faces clip 1 video__faces_video__raw_fkey video__raw_pkey";
    try (Connection connection = VideoStore.create(kind).connect()) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(rows(metaData.getImportedKeys("metaxy", "active", "video__faces"), columns))
          .containsExactly(renamed);
      assertThat(rows(metaData.getExportedKeys("metaxy", "active", "video__raw"), columns))
          .as("not video__unwritten: it aggregates many videos")
          .containsExactly(renamed);
      assertThat(
              rows(
                  metaData.getCrossReference(
                      null, "active", "video__raw", null, "active", "video__faces"),
                  columns))
          .containsExactly(renamed);
      assertThat(rows(metaData.getImportedKeys(null, "active", "video__unwritten"), columns))
          .as("it has no columns clip and face_no")
          .isEmpty();
      assertThat(rows(metaData.getImportedKeys(null, "history", "video__faces"), columns))
          .isEmpty();
      assertThat(rows(metaData.getImportedKeys(null, null, "video__faces"), "FKTABLE_SCHEM"))
          .containsExactly("active", "include_deleted", "only_deleted");
    }
  }
}
