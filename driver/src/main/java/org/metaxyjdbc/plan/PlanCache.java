package org.metaxyjdbc.plan;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.session.PlanSettings;
import org.metaxyjdbc.store.StoreSnapshot;

/**
 * The plans of one store, shared by its connections. A plan holds for one text, the settings that
 * it depends on, and one {@link StoreSnapshot}: with the next snapshot all are forgotten.
 */
final class PlanCache {
  private static final int CAPACITY = 1_000;

  private record Key(String sql, PlanSettings settings) {
    /** Texts tell keys apart: hardly any is planned under more than one of the settings. */
    @Override
    public int hashCode() {
      return sql.hashCode();
    }
  }

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
  @Nullable Plan get(StoreSnapshot snapshot, String sql, PlanSettings settings) {
    Generation current = generation;
    return current == null || current.snapshot != snapshot
        ? null
        : current.plans.getIfPresent(new Key(sql, settings));
  }

  void put(StoreSnapshot snapshot, String sql, PlanSettings settings, Plan plan) {
    of(snapshot).plans.put(new Key(sql, settings), plan);
  }

  /**
   * Which literals of a statement are parameters of its plan; null where that is not known yet.
   *
   * @param skeleton the statement without its literals
   */
  @Nullable BitSet literals(StoreSnapshot snapshot, String skeleton, PlanSettings settings) {
    Generation current = generation;
    return current == null || current.snapshot != snapshot
        ? null
        : current.literals.getIfPresent(new Key(skeleton, settings));
  }

  void putLiterals(
      StoreSnapshot snapshot, String skeleton, PlanSettings settings, BitSet literals) {
    of(snapshot).literals.put(new Key(skeleton, settings), literals);
  }

  private Generation of(StoreSnapshot snapshot) {
    Generation current = generation;
    if (current == null || current.snapshot != snapshot) {
      current = Generation.of(snapshot);
      generation = current;
    }
    return current;
  }
}
