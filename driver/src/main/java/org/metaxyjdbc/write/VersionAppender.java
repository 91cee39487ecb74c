package org.metaxyjdbc.write;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureAppend;
import org.metaxyjdbc.adapter.FeatureTable;
import org.metaxyjdbc.catalog.SystemColumn;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;
import org.metaxyjdbc.plan.Plan;
import org.metaxyjdbc.session.Session;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.session.StoreStatements;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.store.StoreTypes;
import org.metaxyjdbc.store.StoreValues;

/**
 * Appends the rows of one statement to a feature, all with one time: that of the statement, or the
 * microsecond after the latest version that one of them follows, where a clock ran ahead.
 *
 * <p>Rows are written in batches while more are read. Only where versions of the future stand in
 * the table, all rows are read before the first is written, as each may move the time. In a batch,
 * an execution that writes to a record of an earlier one is later than that.
 */
public final class VersionAppender {
  private static final int BATCH = 1_000;
  private static final int FEW = 8;

  private final Session session;
  private final Plan.Append plan;
  private final FeatureTable feature;
  private final StoreTable table;
  private final List<AppendStatement> appends = new ArrayList<>();
  private final List<VersionReader> readers = new ArrayList<>();
  private final Set<List<String>> merged = new HashSet<>();
  private final Set<List<String>> executed = new HashSet<>();
  private final Set<List<String>> executing = new HashSet<>();
  private final Runnable interruption;
  private OffsetDateTime now;
  private boolean isBatch;
  private final List<Version> pending = new ArrayList<>();
  private @Nullable Map<List<String>, OffsetDateTime> newer;
  private @Nullable OffsetDateTime time;
  private List<String> kept = List.of();
  private @Nullable Consumer<@Nullable Object[]> keeper;

  /**
   * Begins a statement.
   *
   * @param table the feature's table, which now exists
   * @param now the statement's time
   * @param interruption throws where the statement is not to go on
   */
  public VersionAppender(
      Session session,
      Plan.Append plan,
      StoreTable table,
      OffsetDateTime now,
      Runnable interruption) {
    this.interruption = interruption;
    this.session = session;
    this.plan = plan;
    this.feature = plan.target();
    this.table = table;
    this.now = now;
    for (FeatureAppend.Part part : plan.parts()) {
      AppendStatement append = new AppendStatement(table, part);
      appends.add(append);
      readers.add(new VersionReader(feature, part, append));
    }
  }

  /**
   * Tells of each version that is written from now on.
   *
   * @param columns the columns to tell of: system columns, and those that the rows give
   * @param keeper is given their values, in the types of {@link StoreTypes#read} or as a program
   *     gave them
   */
  public void keep(List<String> columns, Consumer<@Nullable Object[]> keeper) {
    this.kept = columns;
    this.keeper = keeper;
  }

  /**
   * Appends what is made of rows; returns how many versions.
   *
   * @param types of the rows' values
   * @throws MetaxyException 21000 where a record has two rows and can only have one
   */
  public long append(ResultSet rows, StoreTypes types) throws SQLException {
    StoreValues values = StoreValues.of(rows, types);
    int last = rows.getMetaData().getColumnCount();
    long count = 0;
    while (rows.next()) {
      boolean isSecond = readers.size() > 1 && values.value(last) != null;
      Version version = readers.get(isSecond ? 1 : 0).read(values);
      if (plan.onePerRecord() && !merged.add(version.idTexts())) {
        throw new MetaxyException(
            SqlState.CARDINALITY_VIOLATION,
            "Two rows of the source are for the same record of '%s', %s = %s; make the source of MERGE have one row a record"
                .formatted(feature.feature().key(), feature.idColumns(), version.ids()));
      }
      if (isBatch) {
        if (executed.contains(version.idTexts())) {
          beginLater();
        }
        executing.add(version.idTexts());
      }
      pending.add(version);
      count++;
      if (pending.size() >= BATCH && newer().isEmpty()) {
        time = now;
        write();
      }
    }
    return count;
  }

  /** Says that the rows from now on are of the next execution in a batch. */
  public void nextExecution() {
    isBatch = true;
    executed.addAll(executing);
    executing.clear();
  }

  /** Gives what follows a later time than what came before. */
  private void beginLater() throws SQLException {
    writeAll();
    if (time != null) {
      now = time.plus(1, ChronoUnit.MICROS);
    }
    time = null;
    newer = null;
    executed.clear();
  }

  /** Writes what is not yet written. */
  public void finish() throws SQLException {
    writeAll();
  }

  private void writeAll() throws SQLException {
    if (time == null && !pending.isEmpty()) {
      time = timeOfAll();
    }
    write();
  }

  private OffsetDateTime timeOfAll() throws SQLException {
    OffsetDateTime latest = now;
    boolean few =
        newer == null
            && pending.size() <= FEW
            && pending.stream()
                .allMatch(version -> version.ids().stream().allMatch(i -> i != null));
    for (Version version : pending) {
      OffsetDateTime before = few ? newerOfRecord(version) : newer().get(version.idTexts());
      if (before != null && !before.isBefore(latest)) {
        latest = before.plus(1, ChronoUnit.MICROS);
      }
    }
    return latest;
  }

  /** The latest time of each record that has versions which are not older than now. */
  private Map<List<String>, OffsetDateTime> newer() throws SQLException {
    if (newer == null) {
      newer = read(plan.newer(), List.of());
    }
    return newer;
  }

  private @Nullable OffsetDateTime newerOfRecord(Version version) throws SQLException {
    return read(plan.newerOfRecord(), version.ids()).values().stream()
        .max(OffsetDateTime::compareTo)
        .orElse(null);
  }

  private Map<List<String>, OffsetDateTime> read(
      Plan.StoreStatement query, List<@Nullable Object> ids) throws SQLException {
    Map<List<String>, OffsetDateTime> times = new HashMap<>();
    try (StoreStatements.Lease lease = session.statements().lease(query.sql())) {
      lease.limit(0, 0, 0);
      for (int i = 0; i < query.parameters().size(); i++) {
        Plan.Parameter parameter = query.parameters().get(i);
        Object value = parameter instanceof Plan.Parameter.OfRecord id ? ids.get(id.index()) : now;
        table.dialect().types().bind(lease.statement(), i + 1, value, SqlTypeName.ANY);
      }
      try (ResultSet rows = lease.statement().executeQuery()) {
        StoreValues values = StoreValues.of(rows, table.dialect().types());
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> key = new ArrayList<>();
          for (int i = 1; i < columns; i++) {
            key.add(Version.idText(values.text(i)));
          }
          Object time = values.value(columns);
          OffsetDateTime instant =
              time instanceof LocalDateTime local
                  ? local.atOffset(ZoneOffset.UTC)
                  : (OffsetDateTime) requireNonNull(time);
          times.merge(key, instant, (a, b) -> a.isAfter(b) ? a : b);
        }
      }
    }
    return times;
  }

  private void write() throws SQLException {
    for (AppendStatement append : appends) {
      interruption.run();
      List<Version> versions =
          appends.size() == 1
              ? pending
              : pending.stream().filter(version -> version.append() == append).toList();
      int atOnce = append.rowIdIndex().isPresent() ? 1 : table.dialect().rowsOfInsert();
      int written = atOnce == 1 ? 0 : writeAtOnce(append, versions, atOnce);
      if (written < versions.size()) {
        writeInBatch(append, versions.subList(written, versions.size()));
      }
    }
    if (keeper != null) {
      for (Version version : pending) {
        keeper.accept(kept.stream().map(column -> value(column, version)).toArray());
      }
    }
    pending.clear();
  }

  private @Nullable Object value(String column, Version version) {
    SystemColumn system = SystemColumn.of(column).orElse(null);
    if (system != null) {
      return system(system, version);
    }
    int i = version.append().indexOfUserColumn(column);
    return i < 0 ? null : version.values().get(i);
  }

  private void writeInBatch(AppendStatement append, List<Version> versions) throws SQLException {
    session
        .statements()
        .use(
            append.sql(1),
            lease -> {
              lease.limit(0, 0, 0);
              PreparedStatement statement = lease.statement();
              for (Version version : versions) {
                bind(statement, 0, version);
                if (versions.size() > 1) {
                  statement.addBatch();
                }
              }
              return versions.size() > 1
                  ? statement.executeBatch().length
                  : statement.executeUpdate();
            });
  }

  /** Writes versions, so many with each statement; returns the number written. */
  private int writeAtOnce(AppendStatement append, List<Version> versions, int rows)
      throws SQLException {
    int written = 0;
    while (versions.size() - written >= rows) {
      interruption.run();
      List<Version> next = versions.subList(written, written + rows);
      written +=
          session
              .statements()
              .use(
                  append.sql(rows),
                  lease -> {
                    lease.limit(0, 0, 0);
                    int bound = 0;
                    for (Version version : next) {
                      bound = bind(lease.statement(), bound, version);
                    }
                    lease.statement().executeUpdate();
                    return rows;
                  });
    }
    return written;
  }

  /** Binds a version to the parameters after the first {@code bound}; returns how many then are. */
  private int bind(PreparedStatement statement, int bound, Version version) throws SQLException {
    int i = bound + 1;
    AppendStatement append = version.append();
    for (int c = 0; c < append.userColumns().size(); c++) {
      StoreColumn column = append.userColumns().get(c);
      if (append.copies(column)) {
        Object rowId = requireNonNull(version.rowId());
        table.dialect().types().bind(statement, i++, rowId, SqlTypeName.ANY);
      } else {
        bind(statement, i++, column, version.values().get(c), version.texts().get(c));
      }
    }
    for (StoreColumn column : append.systemColumns()) {
      SystemColumn system = SystemColumn.of(column.name()).orElseThrow();
      Object value = system(system, version);
      bind(statement, i++, column, value, value == null ? null : value.toString());
    }
    return i - 1;
  }

  private void bind(
      PreparedStatement statement,
      int index,
      StoreColumn column,
      @Nullable Object value,
      @Nullable String text)
      throws SQLException {
    if (value == null || text == null) {
      statement.setNull(index, Types.NULL);
    } else {
      table.dialect().bind(statement, index, column, value, text);
    }
  }

  private @Nullable Object system(SystemColumn column, Version version) {
    return switch (column) {
      case METAXY_PROVENANCE_BY_FIELD -> version.provenanceByField();
      case METAXY_PROVENANCE -> version.provenance();
      case METAXY_DATA_VERSION_BY_FIELD -> version.dataVersionByField();
      case METAXY_DATA_VERSION -> version.dataVersion();
      case METAXY_FEATURE_VERSION -> feature.versionToWrite();
      case METAXY_PROJECT_VERSION -> feature.feature().projectVersion().orElse(null);
      case METAXY_CREATED_AT, METAXY_UPDATED_AT -> time;
      case METAXY_DELETED_AT -> null;
      case METAXY_MATERIALIZATION_ID -> session.settings().get(SessionSetting.MATERIALIZATION_ID);
    };
  }
}
