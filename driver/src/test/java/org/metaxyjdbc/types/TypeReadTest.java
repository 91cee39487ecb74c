package org.metaxyjdbc.types;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.TimeZone;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.server.TestServer;
import org.metaxyjdbc.testing.TestStore;

/** Every value of every type of a store arrives without loss, whatever the JVM's time zone. */
class TypeReadTest {
  private static final String[] ZONES = {
    "UTC", "America/St_Johns", "Asia/Kolkata", "Europe/Berlin", "Africa/Monrovia"
  };

  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeArrivesWithoutLoss(TestStore.Kind kind) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    SampleTable table = SampleTable.filled(kind);
    for (String id : ZONES) {
      TimeZone.setDefault(TimeZone.getTimeZone(id));
      try (Connection connection = table.connect()) {
        check(softly, connection, table);
      }
    }
    table.close();
    softly.assertAll();
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeArrivesFromAServerWithoutLoss(TestStore.Kind kind) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    try (SampleTable table = SampleTable.filled(kind);
        TestServer server = table.serve();
        Connection connection = server.connect()) {
      check(softly, connection, table);
    }
    softly.assertAll();
  }

  private static void check(SoftAssertions softly, Connection connection, SampleTable table)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM samples ORDER BY id")) {
      while (rows.next()) {
        int record = rows.getInt("id");
        for (SampledType type : table.types()) {
          check(softly, rows, type, record);
        }
      }
    }
  }

  private static void check(SoftAssertions softly, ResultSet rows, SampledType type, int record) {
    String column = type.column();
    String what = type.sql() + " in " + TimeZone.getDefault().getID();
    try {
      if (record >= type.samples().size()) {
        softly.assertThat(rows.getString(column)).as(what).isNull();
        softly.assertThat(rows.getObject(column)).as(what).isNull();
        softly.assertThat(rows.wasNull()).as(what).isTrue();
        return;
      }
      SampledType.Sample sample = type.samples().get(record);
      what += ", " + sample.literal();
      softly.assertThat(rows.getString(column)).as(what).isEqualTo(sample.text());
      if (sample.value().getClass().isArray() && !(sample.value() instanceof byte[])) {
        softly
            .assertThat(rows.getArray(column).getArray())
            .as(what)
            .isEqualTo(inJdbcClasses(sample.value()));
      } else {
        softly
            .assertThat((Object) rows.getObject(column, sample.value().getClass()))
            .as(what)
            .isEqualTo(sample.value());
      }
    } catch (Exception e) {
      softly.fail(what, e);
    }
  }

  /** In an array, timestamps are those of JDBC, as {@code getObject} gives them. */
  private static Object inJdbcClasses(Object array) {
    return array instanceof LocalDateTime[] timestamps
        ? Arrays.stream(timestamps).map(Timestamp::valueOf).toArray(Timestamp[]::new)
        : array;
  }
}
