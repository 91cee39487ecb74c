package org.metaxyjdbc.plan;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.session.SessionSetting;
import org.metaxyjdbc.session.SessionSettings;
import org.metaxyjdbc.store.StoreSnapshot;

/**
 * The plans of one store, shared by its connections. A plan holds for one text, the settings that
 * it depends on, and one {@link StoreSnapshot}: with the next snapshot all are forgotten.
 */
final class PlanCache {
  private static final int CAPACITY = 1_000;

  private record Key(
      String sql,
      String schema,
      @Nullable String hardDelete,
      @Nullable String appendOnly,
      @Nullable String featureVersion,
      boolean asOf,
      @Nullable String project) {}

  private record Generation(
      StoreSnapshot snapshot, Cache<Key, Plan> plans, Cache<Key, BitSet> literals) {
    static Generation of(StoreSnapshot snapshot) {
      return new Generation(
          snapshot,
          CacheBuilder.newBuilder().maximumSize(CAPACITY).build(),
          CacheBuilder.newBuilder().maximumSize(CAPACITY).build());
    }
  }

  private volatile @Nullable Generation generation;

  /** The plan of a statement; null where it has none yet. */
  @Nullable Plan get(StoreSnapshot snapshot, String sql, SessionSettings settings) {
    Generation current = generation;
    return current == null || current.snapshot != snapshot
        ? null
        : current.plans.getIfPresent(key(sql, settings));
  }

  void put(StoreSnapshot snapshot, String sql, SessionSettings settings, Plan plan) {
    of(snapshot).plans.put(key(sql, settings), plan);
  }

  /**
   * Which literals of a statement are parameters of its plan; null where that is not known yet.
   *
   * @param skeleton the statement without its literals
   */
  @Nullable BitSet literals(StoreSnapshot snapshot, String skeleton, SessionSettings settings) {
    Generation current = generation;
    return current == null || current.snapshot != snapshot
        ? null
        : current.literals.getIfPresent(key(skeleton, settings));
  }

  void putLiterals(
      StoreSnapshot snapshot, String skeleton, SessionSettings settings, BitSet literals) {
    of(snapshot).literals.put(key(skeleton, settings), literals);
  }

  private Generation of(StoreSnapshot snapshot) {
    Generation current = generation;
    if (current == null || current.snapshot != snapshot) {
      current = Generation.of(snapshot);
      generation = current;
    }
    return current;
  }

  private static Key key(String sql, SessionSettings settings) {
    return new Key(
        sql,
        settings.schema(),
        settings.get(SessionSetting.HARD_DELETE),
        settings.get(SessionSetting.APPEND_ONLY),
        settings.get(SessionSetting.FEATURE_VERSION),
        settings.get(SessionSetting.AS_OF) != null,
        settings.get(SessionSetting.PROJECT));
  }
}
