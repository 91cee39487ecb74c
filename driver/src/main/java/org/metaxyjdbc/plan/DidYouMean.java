package org.metaxyjdbc.plan;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests a name that there is for one that there is not. */
public final class DidYouMean {
  private DidYouMean() {}

  /** {@code ; did you mean 'candidate'?}, or nothing where no candidate comes near. */
  public static String of(String name, Iterable<String> candidates) {
    int limit = Math.max(2, name.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    return StreamSupport.stream(candidates.spliterator(), false)
        .filter(candidate -> between(distance, name, candidate) >= 0)
        .min(Comparator.comparingInt(candidate -> between(distance, name, candidate)))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElse("");
  }

  private static int between(LevenshteinDistance distance, String name, String candidate) {
    return distance.apply(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
  }
}
