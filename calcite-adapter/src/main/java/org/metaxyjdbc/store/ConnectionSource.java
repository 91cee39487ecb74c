package org.metaxyjdbc.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.metaxyjdbc.error.MetaxyException;

/** Lends a connection to the store for the time of one call: a session's own, or a new one. */
public interface ConnectionSource {
  /** What is done with the connection. */
  @FunctionalInterface
  interface Call<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Makes a call with a connection.
   *
   * @throws MetaxyException with the store's own exception as cause where the store failed
   */
  <T> T call(Call<T> call);

  /** Opens a connection. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** Lends a new connection each time, and closes it. */
  static ConnectionSource ofNew(Opening opening) {
    return new ConnectionSource() {
      @Override
      public <T> T call(Call<T> call) {
        try (Connection connection = opening.open()) {
          return call.with(connection);
        } catch (SQLException e) {
          throw MetaxyException.ofStore(e);
        }
      }
    };
  }

  /** Lends one connection, which stays open. */
  static ConnectionSource of(Connection connection) {
    return new ConnectionSource() {
      @Override
      public <T> T call(Call<T> call) {
        try {
          return call.with(connection);
        } catch (SQLException e) {
          throw MetaxyException.ofStore(e);
        }
      }
    };
  }
}
