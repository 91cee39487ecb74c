package org.metaxyjdbc.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.CurrentCopy;
import org.metaxyjdbc.store.StoreColumn;
import org.metaxyjdbc.store.StoreTable;
import org.metaxyjdbc.store.TableCopies;

/**
 * The copies of current versions that the sessions of one store share, in a store that tells
 * whether they are up to date. Nothing but the speed of queries depends on them: a query reads
 * copies only where each was made of exactly what is committed now, whoever wrote that, and writers
 * do not know of them.
 *
 * <p>A copy is made while a feature stays as it is and is read again and again. One that was out of
 * date before it had paid is made later the next time.
 */
public final class CurrentCopies {
  private static final long FEW_ROWS = 1_000;
  private static final long MANY_ROWS = 2_000_000;
  private static final int FIRST_READS = 2;
  private static final int MOST_READS = 64;

  /** What a store says of a feature's table and its copy. */
  private record State(long modification, long rows, @Nullable Long copied) {
    boolean isCopied() {
      return copied != null && copied == modification;
    }
  }

  /** How a copy is used. */
  private static final class Use {
    private boolean exists;
    private boolean isBeingMade;
    private long modification = -1;
    private int reads;
    private int readsBefore = FIRST_READS;
    private int hits;

    synchronized void hit() {
      hits++;
    }

    /** Whether it is time to make the copy; then {@link #made} is to follow. */
    synchronized boolean beginMaking(long now) {
      if (modification != now) {
        modification = now;
        reads = 0;
      }
      if (isBeingMade || ++reads <= readsBefore) {
        return false;
      }
      boolean hasPaid = hits >= readsBefore;
      readsBefore = hasPaid ? FIRST_READS : Math.min(2 * readsBefore, MOST_READS);
      hits = 0;
      isBeingMade = true;
      return true;
    }

    synchronized void made(boolean done) {
      isBeingMade = false;
      exists |= done;
    }

    synchronized void isGone() {
      exists = false;
    }

    synchronized boolean exists() {
      return exists;
    }
  }

  private final Map<List<String>, Use> uses = new ConcurrentHashMap<>();

  /**
   * Whether copies are up to date, so that a query may read them instead of the features. Makes
   * them where that is worth it.
   */
  public boolean areCurrent(Session session, List<CurrentCopy> copies) throws SQLException {
    TableCopies sql = session.dialect().copies().orElse(null);
    if (sql == null || !session.isAutoCommit()) {
      return false;
    }
    boolean all = true;
    for (CurrentCopy copy : copies) {
      all &= isCurrent(session, sql, copy);
    }
    return all;
  }

  private boolean isCurrent(Session session, TableCopies sql, CurrentCopy copy)
      throws SQLException {
    Use use = uses.computeIfAbsent(copy.path(), path -> new Use());
    State state = state(session, sql, copy, use);
    if (state == null) {
      return false;
    }
    if (state.isCopied()) {
      use.hit();
      return true;
    }
    if (state.rows < FEW_ROWS || state.rows > MANY_ROWS || !use.beginMaking(state.modification)) {
      return false;
    }
    boolean done = false;
    try {
      done = make(session, sql, copy);
    } finally {
      use.made(done);
    }
    return done;
  }

  private @Nullable State state(Session session, TableCopies sql, CurrentCopy copy, Use use)
      throws SQLException {
    if (use.exists()) {
      try {
        return state(session, sql.modificationAndCopy(copy.path()), copy.source(), true);
      } catch (SQLException e) {
        // The store was closed meanwhile, and the copy went with it.
        use.isGone();
      }
    }
    return state(session, sql.modification(), copy.source(), false);
  }

  private static @Nullable State state(
      Session session, String query, StoreTable source, boolean ofCopy) throws SQLException {
    return session
        .statements()
        .use(
            query,
            lease -> {
              lease.limit(0, 0, 0);
              PreparedStatement statement = lease.statement();
              statement.setString(1, source.path().get(0));
              statement.setString(2, source.name());
              try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                  return null;
                }
                long modification = rows.getLong(1);
                long count = rows.getLong(2);
                long copied = ofCopy ? rows.getLong(3) : 0;
                return new State(modification, count, !ofCopy || rows.wasNull() ? null : copied);
              }
            });
  }

  /** Returns whether the copy is there and up to date; a store may not let this user make it. */
  private static boolean make(Session session, TableCopies sql, CurrentCopy copy)
      throws SQLException {
    List<String> path = copy.path();
    List<String> columns = copy.source().columns().stream().map(StoreColumn::name).toList();
    try {
      try (Statement statement = session.connection().createStatement()) {
        for (String ddl : sql.create(path, copy.source().path(), copy.ids())) {
          statement.execute(ddl);
        }
      }
      return session.atomically(
          () -> {
            String query = sql.modificationAndCopy(path);
            State before = state(session, query, copy.source(), true);
            if (before == null || !isLike(session, sql, copy)) {
              return false;
            }
            if (before.isCopied()) {
              return true;
            }
            execute(session, sql.empty(path));
            try (PreparedStatement fill =
                session
                    .connection()
                    .prepareStatement(sql.fill(path, columns, copy.rows().getSql()))) {
              fill.setLong(1, before.modification);
              fill.executeUpdate();
            }
            State after = state(session, query, copy.source(), true);
            return after != null && after.isCopied();
          });
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether the copy has the columns that the source has now; else it serves no more. */
  private static boolean isLike(Session session, TableCopies sql, CurrentCopy copy)
      throws SQLException {
    try (PreparedStatement query = session.connection().prepareStatement(sql.otherColumns())) {
      query.setString(1, copy.source().path().get(0));
      query.setString(2, copy.source().name());
      query.setString(3, copy.path().get(0));
      query.setString(4, copy.path().get(1));
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getInt(1) == 0;
      }
    }
  }

  /** Removes what copies hold of a feature, as part of removing it from the feature itself. */
  public static void clear(Session session, StoreTable source) throws SQLException {
    TableCopies sql = session.dialect().copies().orElse(null);
    if (sql == null) {
      return;
    }
    List<String> names = new ArrayList<>();
    try (PreparedStatement query = session.connection().prepareStatement(sql.names())) {
      query.setString(1, source.path().get(0));
      query.setString(2, CurrentCopy.prefix(source));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    for (String name : names) {
      execute(session, sql.empty(List.of(source.path().get(0), name)));
    }
  }

  private static void execute(Session session, String sql) throws SQLException {
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
