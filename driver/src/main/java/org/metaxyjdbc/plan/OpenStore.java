package org.metaxyjdbc.plan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.metaxyjdbc.session.CurrentCopies;
import org.metaxyjdbc.store.FeatureStore;
import org.metaxyjdbc.store.StoreSettings;

/**
 * A store that connections are open to. They share what is known of it, and forget it with the last
 * of them.
 */
public final class OpenStore {
  private record Key(String url, Properties properties, StoreSettings settings) {}

  private static final Map<Key, OpenStore> OPEN = new HashMap<>();

  private final Key key;
  private final FeatureStore store;
  private final PlanCache plans = new PlanCache();
  private final CurrentCopies copies = new CurrentCopies();
  private int connections;

  private OpenStore(Key key, FeatureStore store) {
    this.key = key;
    this.store = store;
  }

  /**
   * The store behind a new connection.
   *
   * @param url the store's own URL
   * @param properties what its driver was given besides
   */
  public static OpenStore of(
      Connection connection, String url, Properties properties, StoreSettings settings)
      throws SQLException {
    FeatureStore store = FeatureStore.of(connection, settings);
    Key key = new Key(url, properties, settings);
    if (store.dialect().isPrivate(url)) {
      return new OpenStore(key, store);
    }
    synchronized (OPEN) {
      OpenStore open = OPEN.computeIfAbsent(key, k -> new OpenStore(k, store));
      open.connections++;
      return open;
    }
  }

  public FeatureStore store() {
    return store;
  }

  /** The copies of current versions that its sessions share. */
  public CurrentCopies copies() {
    return copies;
  }

  PlanCache plans() {
    return plans;
  }

  /** A connection was closed. */
  public void leave() {
    synchronized (OPEN) {
      if (--connections == 0) {
        OPEN.remove(key, this);
      }
    }
  }
}
