package org.metaxyjdbc.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.metaxyjdbc.cli.CommandRun;
import org.metaxyjdbc.testing.TestStore;

/** A way of this project to delete the records of a feature that a filter matches. */
interface WayToDelete {
  /**
   * Deletes what the filter matches.
   *
   * @param table the feature's table
   * @param hard whether every version of the matching records is erased
   * @return how many records were deleted
   */
  long delete(TestStore store, String table, FilterCase filter, boolean hard) throws SQLException;

  /** {@code DELETE FROM active.…}, with the filter's SQL. */
  final class Sql implements WayToDelete {
    @Override
    public long delete(TestStore store, String table, FilterCase filter, boolean hard)
        throws SQLException {
      return delete(store, "active", table, filter, hard);
    }

    /** As the other, from {@code schema}. */
    long delete(TestStore store, String schema, String table, FilterCase filter, boolean hard)
        throws SQLException {
      try (Connection connection = store.connect("hard_delete", String.valueOf(hard));
          Statement statement = connection.createStatement()) {
        return statement.executeLargeUpdate(
            "DELETE FROM %s.\"%s\" WHERE %s".formatted(schema, table, filter.sql()));
      }
    }

    @Override
    public String toString() {
      return "SQL";
    }
  }

  /** The command {@code delete}, with the filter as Metaxy spells it. */
  final class Command implements WayToDelete {
    private static final Pattern TOTAL = Pattern.compile("Total rows: (\\d+)");

    @Override
    public long delete(TestStore store, String table, FilterCase filter, boolean hard) {
      List<String> arguments = new ArrayList<>(List.of("delete", "--url", store.url(), "--yes"));
      arguments.addAll(List.of("--feature", filter.feature(), "--soft=" + !hard));
      filter.texts().forEach(text -> arguments.addAll(List.of("--filter", text)));
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isZero();
      Matcher total = TOTAL.matcher(run.out());
      assertThat(total.find()).as(run.out()).isTrue();
      return Long.parseLong(total.group(1));
    }

    @Override
    public String toString() {
      return "command";
    }
  }
}
