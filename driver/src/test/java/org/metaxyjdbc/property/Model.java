package org.metaxyjdbc.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the contract says that a store shows and that statements do to it, over a list of rows. Each
 * statement returns its update count.
 */
@SuppressWarnings("ReferenceEquality") // rows may be alike in every column
final class Model {
  private List<Row> rows = new ArrayList<>();
  private String currentVersion = FeatureDefinition.FIRST.version();
  private String projectVersion = FeatureDefinition.FIRST.projectVersion();
  private String view = PropertyStore.CURRENT;
  private String materializationId;
  private Instant asOf = Instant.MAX;

  List<Row> rows() {
    return rows;
  }

  void restore(List<Row> before) {
    rows = new ArrayList<>(before);
  }

  void push(String featureVersion, String projectVersion) {
    currentVersion = featureVersion;
    this.projectVersion = projectVersion;
  }

  /** Removes the table and all that is in it. */
  void drop() {
    rows.clear();
  }

  /** Sets what the session looks at: {@code current}, {@code all} or a feature version. */
  void look(String view) {
    this.view = view;
  }

  void materialize(String id) {
    materializationId = id;
  }

  void append(Row row) {
    rows.add(row);
  }

  /** The rows that a schema shows. */
  List<Shown> shown(Schema schema) {
    return versions().values().stream().flatMap(versions -> shown(schema, versions)).toList();
  }

  private static Stream<Shown> shown(Schema schema, List<Row> newestFirst) {
    Row first = newestFirst.get(0);
    return switch (schema) {
      case ACTIVE -> Stream.of(first).filter(row -> !row.isTombstone()).map(Shown::of);
      case INCLUDE_DELETED -> Stream.of(Shown.of(first));
      case ONLY_DELETED -> Stream.of(first).filter(Row::isTombstone).map(Shown::of);
      case HISTORY -> {
        List<Shown> history = new ArrayList<>();
        Instant until = null;
        for (Row row : newestFirst) {
          history.add(new Shown(row, row.time(), until, row == first));
          until = row.time();
        }
        yield history.stream();
      }
    };
  }

  /** The versions of each record within what the session looks at, newest first. */
  private Map<List<Object>, List<Row>> versions() {
    Map<List<Object>, List<Row>> versions = new LinkedHashMap<>();
    for (Row row : rows) {
      if (isInView(row)) {
        versions.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row);
      }
    }
    versions.values().forEach(list -> list.sort(Row.NEWEST_FIRST));
    return versions;
  }

  /** Looks at the rows of the past. */
  void lookAsOf(Instant time) {
    asOf = time;
  }

  /** Looks at all rows again. */
  void lookAsOfNow() {
    asOf = Instant.MAX;
  }

  private boolean isInView(Row row) {
    if (!asOf.equals(Instant.MAX) && (row.time() == null || row.time().isAfter(asOf))) {
      return false;
    }
    return switch (view) {
      case PropertyStore.ALL -> true;
      case PropertyStore.CURRENT -> currentVersion.equals(row.featureVersion());
      default -> view.equals(row.featureVersion());
    };
  }

  /** The rows of a schema that a condition is true of. */
  List<Row> matching(Schema schema, Condition condition) {
    return shown(schema).stream()
        .filter(shown -> Boolean.TRUE.equals(condition.test(shown, this)))
        .map(Shown::row)
        .toList();
  }

  /** Appends live versions with these contents, all with one time. */
  long write(Collection<Row> contents, Instant now) {
    Instant time = now;
    for (Row content : contents) {
      Instant before = latest(content.id());
      if (before != null && !before.isBefore(time)) {
        time = before.plus(1, ChronoUnit.MICROS);
      }
    }
    String version =
        view.equals(PropertyStore.CURRENT) || view.equals(PropertyStore.ALL)
            ? currentVersion
            : view;
    for (Row content : contents) {
      rows.add(content.written(version, projectVersion, materializationId, time, time, null));
    }
    return contents.size();
  }

  /** The latest time of any version of a record, whatever its feature version. */
  Instant latest(List<Object> id) {
    return rows.stream()
        .filter(row -> row.id().equals(id))
        .map(Row::time)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }

  long update(Condition condition, UnaryOperator<Row> change, Instant now) {
    return write(matching(Schema.ACTIVE, condition).stream().map(change).toList(), now);
  }

  /** Changes the active records among these, and writes the others. */
  long merge(List<Row> contents, Instant now) {
    Map<List<Object>, Row> active = new LinkedHashMap<>();
    shown(Schema.ACTIVE).forEach(shown -> active.put(shown.row().id(), shown.row()));
    return write(
        contents.stream()
            .map(
                row -> {
                  Row matched = active.get(row.id());
                  return matched == null
                      ? row
                      : matched.withContent(row.label(), matched.score(), row.dataVersion());
                })
            .toList(),
        now);
  }

  long deleteSoftly(Condition condition, Instant now) {
    Set<List<Object>> visible = visible();
    List<Row> deleted = matching(Schema.ACTIVE, condition);
    for (Row row : deleted) {
      rows.add(copy(row, row.createdAt(), row.updatedAt(), after(row, now)));
    }
    assertThat(visible).as("visible before").containsAll(visible());
    return deleted.size();
  }

  long restore(Condition condition, Instant now) {
    List<Row> restored = matching(Schema.ONLY_DELETED, condition);
    for (Row row : restored) {
      Instant time = after(row, now);
      rows.add(copy(row, time, time, null));
    }
    return restored.size();
  }

  private static Instant after(Row row, Instant now) {
    return row.time() == null || row.time().isBefore(now)
        ? now
        : row.time().plus(1, ChronoUnit.MICROS);
  }

  private Row copy(Row row, Instant createdAt, Instant updatedAt, Instant deletedAt) {
    boolean asCurrent = view.equals(PropertyStore.CURRENT) || view.equals(PropertyStore.ALL);
    return row.written(
        asCurrent ? currentVersion : row.featureVersion(),
        asCurrent ? projectVersion : row.projectVersion(),
        materializationId,
        createdAt,
        updatedAt,
        deletedAt);
  }

  long deletePhysically(Schema schema, Condition condition) {
    List<Row> matching = matching(schema, condition);
    if (schema == Schema.HISTORY) {
      removeSame(matching);
      return matching.size();
    }
    Set<List<Object>> visible = visible();
    Set<List<Object>> ids = new HashSet<>();
    matching.forEach(row -> ids.add(row.id()));
    rows.removeIf(row -> isInView(row) && ids.contains(row.id()));
    assertThat(visible).as("visible before").containsAll(visible());
    return ids.size();
  }

  long redact(Condition condition, UnaryOperator<Row> change) {
    List<Row> matching = matching(Schema.HISTORY, condition);
    removeSame(matching);
    matching.forEach(row -> rows.add(change.apply(row)));
    return matching.size();
  }

  private void removeSame(List<Row> removed) {
    rows.removeIf(row -> removed.stream().anyMatch(r -> r == row));
  }

  private Set<List<Object>> visible() {
    Set<List<Object>> ids = new HashSet<>();
    shown(Schema.ACTIVE).forEach(shown -> ids.add(shown.row().id()));
    return ids;
  }
}
