package org.metaxyjdbc.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The default view, against a view with ROW_NUMBER as a user writes it in the store. */
public class DefaultView extends FullRead {
  @Override
  String handWrittenSql(BenchmarkStore data) throws SQLException {
    try (Connection connection = data.connectNatively();
        Statement statement = connection.createStatement()) {
      statement.execute(
          data.sql()
              .rowNumberView(
                  "current_prediction", Feature.PREDICTION, data.versionOf(Feature.PREDICTION)));
    }
    return "SELECT %s FROM \"current_prediction\"".formatted(Feature.PREDICTION.columnList());
  }
}
