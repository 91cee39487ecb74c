package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** A savepoint of a server, which knows it by a number. */
record RemoteSavepoint(RemoteSession session, int number, @Nullable String name)
    implements Savepoint {
  private static SQLException no(String what) {
    return new MetaxyException(SqlState.INVALID_ARGUMENT, "The savepoint has no " + what)
        .toSqlException();
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw no("number; it has a name");
    }
    return number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw no("name; it has a number");
    }
    return name;
  }
}
