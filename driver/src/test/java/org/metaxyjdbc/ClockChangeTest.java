package org.metaxyjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Instants stay what they are in the hours when the clocks of the JVM's time zone change. */
class ClockChangeTest {
  @ParameterizedTest
  @EnumSource
  void instantsAroundClockChangesAreReadAndBoundUnchanged(TestStore.Kind kind) throws Exception {
    List<Instant> instants = instantsAroundClockChanges();
    TestStore store = kind.create();
    store.execute(
        "CREATE TABLE events (seen_at TIMESTAMP WITH TIME ZONE, metaxy_feature_version VARCHAR,"
            + " metaxy_updated_at TIMESTAMP WITH TIME ZONE,"
            + " metaxy_deleted_at TIMESTAMP WITH TIME ZONE)");
    for (Instant instant : instants) {
      String text = instant.toString().replace("T", " ").replace("Z", "+00:00");
      store.execute(
          "INSERT INTO events (seen_at) VALUES (TIMESTAMP WITH TIME ZONE '%s')".formatted(text));
    }
    try (Connection connection = store.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT seen_at FROM history.events WHERE seen_at = ?")) {
      for (Instant instant : instants) {
        statement.setObject(1, instant.atOffset(ZoneOffset.UTC));
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).as("row for " + instant).isTrue();
          assertThat(rows.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(instant);
          assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(instant);
        }
      }
    }
  }

  private static List<Instant> instantsAroundClockChanges() {
    List<Instant> instants = new ArrayList<>();
    Instant from = Instant.parse("2024-01-01T00:00:00.000001Z");
    for (int change = 0; change < 2; change++) {
      ZoneOffsetTransition transition = ZoneId.systemDefault().getRules().nextTransition(from);
      assertThat(transition).as("the tests run in a zone whose clocks change").isNotNull();
      for (int minutes = -90; minutes <= 90; minutes += 30) {
        instants.add(transition.getInstant().plus(Duration.ofMinutes(minutes)).plusNanos(123_000));
      }
      from = transition.getInstant();
    }
    return instants;
  }
}
