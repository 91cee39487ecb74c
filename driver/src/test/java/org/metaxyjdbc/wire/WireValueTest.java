package org.metaxyjdbc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.remote.TypedValue;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.store.ListValue;
import org.metaxyjdbc.store.ValueKind;

class WireValueTest {
  private static final List<Object> VALUES =
      List.of(
          "a b",
          true,
          7,
          7L,
          0.5f,
          Double.NaN,
          new BigDecimal("-1.500"),
          LocalDate.MAX,
          LocalDateTime.parse("2024-03-10T02:30:00.000001"),
          OffsetDateTime.MIN,
          OffsetTime.parse("01:02:03.000004+00:19:32"),
          UUID.fromString("f0000000-0000-0000-0000-000000000001"),
          new byte[] {0, -1},
          new ListValue(ValueKind.DATE, "DATE", Arrays.asList(LocalDate.EPOCH, null)),
          new ListValue(
              ValueKind.LIST,
              "",
              List.of(new ListValue(ValueKind.VARCHAR, "TEXT", List.of("x\"y", "")))));

  @Test
  void everyValueComesBackFromAColumnOfAnyKindButBinaries() {
    for (ValueKind kind : ValueKind.values()) {
      for (Object value : VALUES) {
        if (kind != ValueKind.BINARY || value instanceof byte[]) {
          assertThat(WireValue.inRow(kind, WireValue.ofRow(kind, value)))
              .as(value + " in " + kind)
              .isEqualTo(value);
        }
      }
      assertThat(WireValue.inRow(kind, WireValue.ofRow(kind, null))).isNull();
    }
  }

  @Test
  void everyValueComesBackAsAParameter() {
    for (Object value : VALUES) {
      assertThat(sent(value)).as(value.toString()).isEqualTo(value);
    }
    assertThat(sent(null)).isNull();
    assertThat(sent(new WireValue.TypedNull(Types.DATE)))
        .isEqualTo(new WireValue.TypedNull(Types.DATE));
    assertThatThrownBy(() -> WireValue.ofParameter(Thread.State.NEW))
        .isInstanceOfSatisfying(
            MetaxyException.class,
            e ->
                assertThat((Throwable) e.toSqlException())
                    .isInstanceOf(SQLFeatureNotSupportedException.class));
  }

  private static Object sent(Object value) {
    return WireValue.inParameter(TypedValue.fromProto(WireValue.ofParameter(value).toProto()));
  }
}
