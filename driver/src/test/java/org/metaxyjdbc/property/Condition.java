package org.metaxyjdbc.property;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WHERE clause over id columns, over value columns, or over both, in SQL's three-valued logic.
 */
record Condition(Shape shape, String a, Integer b, String label, Integer score) {
  /** What is tested; the names in braces stand for the values. */
  enum Shape {
    EVERYTHING(""),
    ID_TEXT("a = {a}"),
    ID_NUMBER("b = {b}"),
    ID("a = {a} AND b = {b}"),
    ID_NULL("a IS NULL"),
    ID_NOT("b <> {b}"),
    VALUE("label = {label}"),
    VALUE_NULL("label IS NULL"),
    VALUE_NOT("label <> {label}"),
    GREATER("score > {score}"),
    NOT_GREATER("NOT (score > {score})"),
    BOTH("a = {a} AND score > {score}"),
    EITHER("b = {b} OR label = {label}"),
    NEITHER("NOT (a = {a} OR score IS NULL)"),
    IN_QUERY("a IN (SELECT a FROM active.f WHERE score > {score})"),
    IS_CURRENT("metaxy_is_current"),
    ENDED("metaxy_valid_to IS NOT NULL AND a = {a}"),
    SUPERSEDED("NOT metaxy_is_current"),
    ENDED_BEFORE("metaxy_valid_to < TIMESTAMP '2020-01-01 00:00:00.000002'"),
    DELETED_BEFORE("metaxy_deleted_at < TIMESTAMP '2020-01-01 00:00:00.000002'"),
    EXISTS_DELETED("EXISTS (SELECT 1 FROM only_deleted.f AS d WHERE d.b = f.b)"),
    TOMBSTONE("metaxy_deleted_at IS NOT NULL"),
    LIVE("metaxy_deleted_at IS NULL AND label = {label}");

    private final String sql;

    Shape(String sql) {
      this.sql = sql;
    }

    /** Whether it reads other rows than the one that it is tested on. */
    boolean isQuery() {
      return this == IN_QUERY || this == EXISTS_DELETED;
    }

    /** Whether it reads columns that only {@code history} has. */
    boolean isOfHistory() {
      return this == IS_CURRENT || this == ENDED || this == SUPERSEDED || this == ENDED_BEFORE;
    }
  }

  private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");

  /** The clause with literals, or with parameters for {@link #values}; empty for no clause. */
  String sql(boolean prepared) {
    if (shape == Shape.EVERYTHING) {
      return "";
    }
    Matcher matcher = VALUE.matcher(shape.sql);
    return " WHERE "
        + matcher.replaceAll(match -> prepared ? "?" : Literal.of(value(match.group(1))));
  }

  List<Object> values() {
    List<Object> values = new ArrayList<>();
    Matcher matcher = VALUE.matcher(shape.sql);
    while (matcher.find()) {
      values.add(value(matcher.group(1)));
    }
    return values;
  }

  private Object value(String name) {
    return switch (name) {
      case "a" -> a;
      case "b" -> b;
      case "label" -> label;
      default -> score;
    };
  }

  /** Null for unknown. */
  Boolean test(Shown shown, Model model) {
    Row row = shown.row();
    return switch (shape) {
      case EVERYTHING -> true;
      case ID_TEXT -> same(row.a(), a);
      case ID_NUMBER -> same(row.b(), b);
      case ID -> and(same(row.a(), a), same(row.b(), b));
      case ID_NULL -> row.a() == null;
      case ID_NOT -> not(same(row.b(), b));
      case VALUE -> same(row.label(), label);
      case VALUE_NULL -> row.label() == null;
      case VALUE_NOT -> not(same(row.label(), label));
      case GREATER -> greater(row.score(), score);
      case NOT_GREATER -> not(greater(row.score(), score));
      case BOTH -> and(same(row.a(), a), greater(row.score(), score));
      case EITHER -> not(and(not(same(row.b(), b)), not(same(row.label(), label))));
      case NEITHER -> and(not(same(row.a(), a)), row.score() != null);
      case IN_QUERY ->
          row.a() != null
              && model.shown(Schema.ACTIVE).stream()
                  .map(Shown::row)
                  .filter(other -> Boolean.TRUE.equals(greater(other.score(), score)))
                  .anyMatch(other -> Objects.equals(other.a(), row.a()));
      case IS_CURRENT -> shown.isCurrent();
      case ENDED -> and(shown.validTo() != null, same(row.a(), a));
      case SUPERSEDED -> not(shown.isCurrent());
      case ENDED_BEFORE -> before(shown.validTo());
      case DELETED_BEFORE -> before(row.deletedAt());
      case EXISTS_DELETED ->
          row.b() != null
              && model.shown(Schema.ONLY_DELETED).stream()
                  .anyMatch(deleted -> Objects.equals(deleted.row().b(), row.b()));
      case TOMBSTONE -> row.isTombstone();
      case LIVE -> and(!row.isTombstone(), same(row.label(), label));
    };
  }

  private static Boolean before(Instant time) {
    return time == null
        ? null
        : Boolean.valueOf(time.isBefore(Instant.parse("2020-01-01T00:00:00.000002Z")));
  }

  private static Boolean same(Object x, Object y) {
    return x == null || y == null ? null : Boolean.valueOf(x.equals(y));
  }

  private static Boolean greater(Integer x, Integer y) {
    return x == null || y == null ? null : Boolean.valueOf(x > y);
  }

  private static Boolean not(Boolean x) {
    return x == null ? null : Boolean.valueOf(!x);
  }

  private static Boolean and(Boolean x, Boolean y) {
    if (Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y)) {
      return false;
    }
    return x == null || y == null ? null : Boolean.valueOf(true);
  }
}
