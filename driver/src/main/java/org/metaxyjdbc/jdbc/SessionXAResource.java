package org.metaxyjdbc.jdbc;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.session.Session;

/** The store's own resource, of which a session learns when its transaction begins and ends. */
final class SessionXAResource implements XAResource {
  private final Session session;
  private final XAResource ofStore;

  SessionXAResource(Session session, XAResource ofStore) {
    this.session = session;
    this.ofStore = ofStore;
  }

  /** A call of the store's resource. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws XAException;
  }

  /** A call of the store's resource that returns nothing. */
  @FunctionalInterface
  private interface Action {
    void run() throws XAException;
  }

  private static void onStore(Action action) throws XAException {
    ofStore(
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * H2 gives no code where a statement of its own failed, and looks for a branch that never began.
   */
  private static <T> T ofStore(Call<T> call) throws XAException {
    try {
      return call.run();
    } catch (XAException e) {
      throw e.errorCode == XA_OK ? failure(XAException.XAER_RMERR, e.getMessage(), e) : e;
    } catch (NullPointerException e) {
      throw failure(XAException.XAER_PROTO, "The branch has not begun in this connection", e);
    }
  }

  private static XAException failure(
      int code, @Nullable String message, @Nullable Exception cause) {
    XAException failure = new XAException(message);
    failure.errorCode = code;
    failure.initCause(cause);
    return failure;
  }

  /** Something of the session. */
  @FunctionalInterface
  private interface Note {
    void run() throws SQLException;
  }

  private static void note(Note note) throws XAException {
    try {
      note.run();
    } catch (SQLException e) {
      throw failure(XAException.XAER_RMERR, e.getMessage(), e);
    }
  }

  /**
   * Begins a branch, or goes on with one.
   *
   * @throws XAException XAER_OUTSIDE where the connection does not commit automatically
   */
  @Override
  public void start(Xid xid, int flags) throws XAException {
    note(session::finishReading);
    if (flags != TMNOFLAGS) {
      onStore(() -> ofStore.start(xid, flags));
      return;
    }
    if (hasOwnTransaction()) {
      throw failure(
          XAException.XAER_OUTSIDE,
          "The connection has a transaction of its own; commit or roll it back, and setAutoCommit(true), before a global one begins",
          null);
    }
    onStore(() -> ofStore.start(xid, flags));
    note(session::globalBegins);
  }

  /** Where there is a branch, the store's resource knows what may follow it. */
  private boolean hasOwnTransaction() throws XAException {
    try {
      return !session.isGlobal() && !session.isAutoCommit();
    } catch (SQLException e) {
      throw failure(XAException.XAER_RMERR, e.getMessage(), e);
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    onStore(() -> ofStore.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    requireCommittable(xid);
    int vote = ofStore(() -> ofStore.prepare(xid));
    note(vote == XA_RDONLY ? session::globalEnded : session::globalPrepared);
    return vote;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (onePhase) {
      requireCommittable(xid);
    }
    finish(() -> ofStore.commit(xid, onePhase));
  }

  private void requireCommittable(Xid xid) throws XAException {
    try {
      session.requireCommittable();
    } catch (SQLException e) {
      rollback(xid);
      throw failure(
          XAException.XA_RBROLLBACK,
          "An error has ended the transaction, and it was rolled back (%s)"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    finish(() -> ofStore.rollback(xid));
  }

  private void finish(Action action) throws XAException {
    note(session::finishReading);
    onStore(action);
    note(session::globalEnded);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    onStore(() -> ofStore.forget(xid));
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return ofStore(() -> ofStore.recover(flag));
  }

  @Override
  public boolean isSameRM(XAResource other) throws XAException {
    return other == this
        || (other instanceof SessionXAResource ours
            && ofStore(() -> ofStore.isSameRM(ours.ofStore)));
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return ofStore(() -> ofStore.getTransactionTimeout());
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return ofStore(() -> ofStore.setTransactionTimeout(seconds));
  }
}
