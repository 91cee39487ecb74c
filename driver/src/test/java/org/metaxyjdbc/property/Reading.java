package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A query, of now or of the past: of the microsecond of a version, or of the one before.
 *
 * @param which says of which version
 */
record Reading(
    Schema schema, Condition condition, Past past, int which, boolean before, boolean prepared)
    implements Operation {
  /** Where a query says which past it looks at. */
  enum Past {
    NOW,
    OF_TABLE,
    OF_SESSION
  }

  @Override
  public String sql(int number) {
    String query = PropertyStore.shownSql(schema, "", condition.sql(false));
    return past == Past.NOW
        ? query
        : "-- as of version %d%s (%s)\n%s"
            .formatted(which, before ? " less a microsecond" : "", past, query);
  }

  @Override
  public void run(Run run, int number) throws SQLException {
    Instant time = past == Past.NOW ? null : run.past(which);
    List<Object> parameters = new ArrayList<>();
    String ofTable = "";
    if (time != null) {
      time = before ? time.minus(1, ChronoUnit.MICROS) : time;
      if (past == Past.OF_SESSION) {
        run.set("SET as_of = '%s'".formatted(time));
      } else if (prepared) {
        ofTable = " FOR SYSTEM_TIME AS OF ?";
        parameters.add(OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
      } else {
        String text = time.toString().replace('T', ' ').replace("Z", "");
        ofTable = " FOR SYSTEM_TIME AS OF TIMESTAMP '" + text + "'";
      }
      run.model().lookAsOf(time);
    }
    if (!ofTable.isEmpty()) {
      ofTable += " AS f";
    }
    if (prepared) {
      parameters.addAll(condition.values());
    }
    List<Shown> shown = run.store().shown(schema, ofTable, condition.sql(prepared), parameters);
    List<Shown> rows = run.model().shown(schema);
    if (past == Past.OF_TABLE) {
      // Sub-queries of the condition look at now.
      run.model().lookAsOfNow();
    }
    List<Shown> expected =
        rows.stream().filter(row -> Boolean.TRUE.equals(condition.test(row, run.model()))).toList();
    run.model().lookAsOfNow();
    if (time != null && past == Past.OF_SESSION) {
      run.set("RESET as_of");
    }
    Run.compare(shown, expected, schema.table() + ofTable + condition.sql(false) + " at " + time);
  }
}
