package org.metaxyjdbc.sqllogictest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The few statements of sqllogictest that a store of features takes in another form.
 *
 * <p>A feature needs a primary key, so a table without one has a column {@value #ROW} behind its
 * own, which counts the rows that were inserted. {@code SELECT *} from one table in parentheses
 * names the table's own columns. A table is dropped with {@code hard_delete}. An index changes no
 * answer, and is not made; {@code UNIQUE} is left out likewise.
 */
final class FeatureStatements {
  /** The key of tables that declare none. */
  static final String ROW = "slt_row";

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final Pattern CREATE =
      Pattern.compile("\\s*CREATE\\s+TABLE\\s+(\\w+)\\s*\\((.*)\\)\\s*", FLAGS);
  private static final Pattern INSERT_VALUES =
      Pattern.compile(
          "\\s*INSERT\\s+INTO\\s+(\\w+)\\s*(?:\\(([^)]*)\\))?\\s*VALUES\\s*\\((.*)\\)\\s*", FLAGS);
  private static final Pattern INSERT_ALL =
      Pattern.compile("\\s*INSERT\\s+INTO\\s+(\\w+)\\s+SELECT\\s+\\*\\s+FROM\\s+(\\w+)\\s*", FLAGS);
  private static final Pattern INDEX =
      Pattern.compile("\\s*(CREATE\\s+(UNIQUE\\s+)?|DROP\\s+|RE)INDEX\\b.*", FLAGS);
  private static final Pattern DROP = Pattern.compile("\\s*DROP\\s+TABLE\\b.*", FLAGS);
  private static final Pattern ALL =
      Pattern.compile("\\(\\s*SELECT\\s+\\*\\s+FROM\\s+(\\w+)", FLAGS);
  private static final Pattern UNIQUE = Pattern.compile("\\s+UNIQUE\\b", FLAGS);
  private static final Pattern PRIMARY_KEY = Pattern.compile("\\s+PRIMARY\\s+KEY", FLAGS);

  private record Table(List<String> columns, boolean counted) {}

  private final Map<String, Table> tables = new HashMap<>();
  private int rows;

  /** The statements for the driver; none where there is nothing to do. */
  List<String> translate(String sql) {
    Matcher create = CREATE.matcher(sql);
    if (create.matches()) {
      return List.of(create(create.group(1), create.group(2)));
    }
    Matcher insert = INSERT_VALUES.matcher(sql);
    if (insert.matches()) {
      return List.of(insert(sql, insert.group(1), insert.group(2), insert.group(3)));
    }
    Matcher all = INSERT_ALL.matcher(sql);
    if (all.matches()) {
      return List.of(insertAll(sql, all.group(1), all.group(2)));
    }
    if (DROP.matcher(sql).matches()) {
      return List.of("SET hard_delete = true", sql, "RESET hard_delete");
    }
    return INDEX.matcher(sql).matches() ? List.of() : List.of(sql);
  }

  /** The query for the driver. */
  String translateQuery(String sql) {
    return ALL.matcher(sql)
        .replaceAll(
            match -> {
              Table table = tables.get(match.group(1));
              return table == null
                  ? match.group()
                  : "(SELECT %s FROM %s"
                      .formatted(String.join(", ", table.columns), match.group(1));
            });
  }

  private String create(String name, String body) {
    List<String> definitions = List.of(body.split(",(?![^(]*\\))"));
    List<String> columns = definitions.stream().map(d -> d.strip().split("\\s+")[0]).toList();
    List<String> keys =
        definitions.stream()
            .filter(definition -> PRIMARY_KEY.matcher(definition).find())
            .map(definition -> definition.strip().split("\\s+")[0])
            .toList();
    tables.put(name, new Table(columns, keys.isEmpty()));
    String own =
        definitions.stream()
            .map(definition -> PRIMARY_KEY.matcher(definition).replaceAll(""))
            .map(definition -> UNIQUE.matcher(definition).replaceAll(""))
            .collect(Collectors.joining(","));
    return "CREATE TABLE %s (%s, %sPRIMARY KEY (%s))"
        .formatted(
            name,
            own,
            keys.isEmpty() ? ROW + " INTEGER, " : "",
            keys.isEmpty() ? ROW : String.join(", ", keys));
  }

  private String insert(String sql, String name, String columns, String values) {
    Table table = tables.get(name);
    if (table == null || !table.counted) {
      return sql;
    }
    rows++;
    return "INSERT INTO %s (%s, %s) VALUES (%s, %d)"
        .formatted(
            name, columns == null ? String.join(", ", table.columns) : columns, ROW, values, rows);
  }

  private String insertAll(String sql, String to, String from) {
    Table target = tables.get(to);
    Table source = tables.get(from);
    if (target == null || source == null) {
      return sql;
    }
    String row = target.counted && source.counted ? ", " + ROW : "";
    return "INSERT INTO %s (%s%s) SELECT %s%s FROM %s"
        .formatted(
            to,
            String.join(", ", target.columns),
            row,
            String.join(", ", source.columns),
            row,
            from);
  }
}
