package org.metaxyjdbc.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Writer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

class LargeObjectTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aConnectionMakesObjectsThatItsStatementsTake(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id INTEGER PRIMARY KEY, t VARCHAR, n VARCHAR, b VARBINARY)");
      Clob text = connection.createClob();
      try (Writer writer = text.setCharacterStream(1)) {
        writer.write("it's ü");
      }
      assertThat(text.setString(6, "öä")).isEqualTo(2);
      Blob bytes = connection.createBlob();
      bytes.setBytes(1, new byte[] {1, 2, 3});
      bytes.setBytes(3, new byte[] {9, 9});
      bytes.truncate(3);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO f (id, t, n, b) VALUES (1, ?, ?, ?)")) {
        insert.setClob(1, text);
        insert.setNClob(2, connection.createNClob());
        insert.setBlob(3, bytes);
        insert.executeUpdate();
      }
      try (ResultSet row = statement.executeQuery("SELECT t, n, b FROM f")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("it's öä");
        assertThat(row.getString(2)).isEmpty();
        assertThat(row.getBytes(3)).containsExactly(1, 2, 9);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void positionsCountFromOne(TestStore.Kind kind) throws Exception {
    try (Connection connection = kind.create().connect()) {
      Clob text = connection.createClob();
      text.setString(1, "abcabc", 0, 6);
      assertThat(text.position("bc", 3)).isEqualTo(5);
      assertThat(text.position("x", 1)).isEqualTo(-1);
      assertThat(text.getSubString(2, 99)).isEqualTo("bcabc");
      assertThat(text.getAsciiStream().readAllBytes()).isEqualTo("abcabc".getBytes(UTF_8));
      assertThatThrownBy(() -> text.setString(8, "x"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("There is no position 8; the length is 6");
      text.free();
      assertThatThrownBy(text::length).isInstanceOf(SQLException.class);

      Blob bytes = connection.createBlob();
      bytes.setBinaryStream(1).write(1);
      assertThat(bytes.length()).isZero();
      bytes.setBytes(1, new byte[] {7, 8, 9}, 1, 2);
      assertThat(bytes.position(new byte[] {9}, 1)).isEqualTo(2);
      assertThat(bytes.getBinaryStream(2, 1).readAllBytes()).containsExactly(9);
      assertThatThrownBy(() -> bytes.getBytes(0, 1)).isInstanceOf(SQLException.class);
      bytes.free();
      assertThatThrownBy(bytes::length).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aNetworkTimeoutCanBeSetAsPoolsDo(TestStore.Kind kind) throws SQLException {
    try (Connection connection = kind.create().connect()) {
      assertThat(connection.getNetworkTimeout()).isZero();
      connection.setNetworkTimeout(Runnable::run, 60_000);
      assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
      assertThatThrownBy(() -> connection.setNetworkTimeout(Runnable::run, -1))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY009"));
    }
  }
}
