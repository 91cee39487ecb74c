package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.TestStore;

/** The same filter given to Metaxy and to this project, each on its own copy of one store. */
@Live
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameFilterTest {
  private static final List<TestStore.Kind> KINDS =
      List.of(TestStore.Kind.DUCKDB, TestStore.Kind.POSTGRESQL);
  private static final List<WayToDelete> WAYS =
      List.of(new WayToDelete.Sql(), new WayToDelete.Command());

  /**
   * Besides what is mostly read, {@code ALL} has every stored row, of which all other modes are
   * functions; {@link StoreRoundTripTest} compares these too.
   */
  private static final List<ReadMode> MODES =
      List.of(
          ReadMode.DEFAULT,
          ReadMode.INCLUDE_SOFT_DELETED,
          ReadMode.WITH_FEATURE_HISTORY,
          ReadMode.ALL);

  private final Map<TestStore.Kind, TestStore> stores = new EnumMap<>(TestStore.Kind.class);
  private final Map<TestStore.Kind, Map<String, FeatureDump>> written =
      new EnumMap<>(TestStore.Kind.class);

  @BeforeAll
  void letMetaxyWriteTheStores() {
    for (TestStore.Kind kind : KINDS) {
      TestStore store = kind.create();
      Metaxy.make(store, 60, 31);
      stores.put(kind, store);
      written.put(kind, Metaxy.read(store));
    }
  }

  @AfterAll
  void dropTheStores() {
    stores.values().forEach(TestStore::drop);
  }

  static Stream<Arguments> filters() {
    return KINDS.stream()
        .flatMap(kind -> FilterCase.all().map(filter -> Arguments.of(kind, filter)));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void leavesTheSameRecords(TestStore.Kind kind, FilterCase filter) throws SQLException {
    FeatureDump before = written.get(kind).get(filter.feature());
    FeatureDump byMetaxy = deletedByMetaxy(kind, filter, true);
    Set<List<JsonNode>> deleted = idsOfNewTombstones(byMetaxy, before);
    RecordModel erased = RecordModel.of(before).without(deleted, false);
    for (WayToDelete way : WAYS) {
      Map<ReadMode, List<JsonNode>> soft = deletedBy(way, kind, filter, false, deleted.size());
      soft.forEach(
          (mode, rows) ->
              ShownRows.assertSame(
                  "%s soft %s %s".formatted(way, filter, mode),
                  withoutTimes(rows, before),
                  withoutTimes(byMetaxy.rows(mode), before)));
      Map<ReadMode, List<JsonNode>> hard = deletedBy(way, kind, filter, true, deleted.size());
      hard.forEach(
          (mode, rows) ->
              ShownRows.assertSame(
                  "%s hard %s %s".formatted(way, filter, mode), rows, erased.rows(mode)));
    }
  }

  static Stream<Arguments> filtersOnIds() {
    return filters().filter(arguments -> ((FilterCase) arguments.get()[1]).onIdsOnly());
  }

  /**
   * Where a filter holds for all versions of a record or for none, Metaxy's own hard delete erases
   * records too, those that are soft-deleted included.
   */
  @ParameterizedTest
  @MethodSource("filtersOnIds")
  void erasesWhatMetaxyErasesByIds(TestStore.Kind kind, FilterCase filter) throws SQLException {
    FeatureDump byMetaxy = deletedByMetaxy(kind, filter, false);
    TestStore copy = stores.get(kind).copy();
    new WayToDelete.Sql().delete(copy, "include_deleted", byMetaxy.table(), filter, true);
    readAndDrop(copy, byMetaxy.table())
        .forEach(
            (mode, rows) -> ShownRows.assertSame(filter + " " + mode, rows, byMetaxy.rows(mode)));
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStore.Kind.class,
      names = {"DUCKDB", "POSTGRESQL"})
  void bringsNoRecordBackWhereMetaxyDoes(TestStore.Kind kind) throws SQLException {
    FilterCase filter =
        FilterCase.all().filter(c -> c.sql().equals("score < 0.3")).findFirst().orElseThrow();
    FeatureDump before = written.get(kind).get(filter.feature());
    RecordModel model = RecordModel.of(before);
    Set<List<JsonNode>> active = ids(before.rows(ReadMode.DEFAULT), model);
    assertThat(ids(deletedByMetaxy(kind, filter, false).rows(ReadMode.DEFAULT), model))
        .as("Metaxy's hard delete brings records back in this store")
        .anyMatch(id -> !active.contains(id));
    TestStore copy = stores.get(kind).copy();
    new WayToDelete.Sql().delete(copy, before.table(), filter, true);
    assertThat(ids(readAndDrop(copy, before.table()).get(ReadMode.DEFAULT), model))
        .isSubsetOf(active);
  }

  private FeatureDump deletedByMetaxy(TestStore.Kind kind, FilterCase filter, boolean soft) {
    TestStore copy = stores.get(kind).copy();
    Metaxy.delete(copy, filter.feature(), filter.metaxy(), soft);
    FeatureDump read = Metaxy.read(copy, filter.feature());
    copy.drop();
    return read;
  }

  /** What JDBC shows after the delete, which has to return {@code count}. */
  private Map<ReadMode, List<JsonNode>> deletedBy(
      WayToDelete way, TestStore.Kind kind, FilterCase filter, boolean hard, long count)
      throws SQLException {
    TestStore copy = stores.get(kind).copy();
    String table = written.get(kind).get(filter.feature()).table();
    assertThat(way.delete(copy, table, filter, hard)).as("records deleted").isEqualTo(count);
    return readAndDrop(copy, table);
  }

  private static Map<ReadMode, List<JsonNode>> readAndDrop(TestStore store, String table)
      throws SQLException {
    Map<ReadMode, List<JsonNode>> shown = new EnumMap<>(ReadMode.class);
    try (Connection connection = store.connect()) {
      for (ReadMode mode : MODES) {
        shown.put(mode, ShownRows.of(connection, table, mode));
      }
    }
    store.drop();
    return shown;
  }

  private static Set<List<JsonNode>> idsOfNewTombstones(FeatureDump after, FeatureDump before) {
    List<JsonNode> tombstones =
        after.stored().stream()
            .filter(RecordModel::isTombstone)
            .filter(row -> !before.stored().contains(row))
            .toList();
    Set<List<JsonNode>> ids = ids(tombstones, RecordModel.of(after));
    assertThat(ids).hasSameSizeAs(tombstones);
    return ids;
  }

  private static Set<List<JsonNode>> ids(List<JsonNode> rows, RecordModel model) {
    return rows.stream().map(model::id).collect(Collectors.toSet());
  }

  /** With one text for the time of every deletion that {@code before} does not know. */
  private static List<JsonNode> withoutTimes(List<JsonNode> rows, FeatureDump before) {
    Set<JsonNode> known = new HashSet<>();
    before.stored().forEach(row -> known.add(row.get("metaxy_deleted_at")));
    return rows.stream()
        .<JsonNode>map(
            row ->
                !RecordModel.isTombstone(row) || known.contains(row.get("metaxy_deleted_at"))
                    ? row
                    : ((ObjectNode) row.deepCopy()).put("metaxy_deleted_at", "now"))
        .toList();
  }
}
