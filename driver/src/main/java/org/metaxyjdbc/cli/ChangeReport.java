package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.util.List;

/** What is printed of a change, in Metaxy's words. */
final class ChangeReport {
  private final PrintWriter out;
  private final List<RecordChange.Count> counts;

  ChangeReport(PrintWriter out, List<RecordChange.Count> counts) {
    this.out = out;
    this.counts = counts;
  }

  /**
   * What would be done.
   *
   * @param verb what, as in {@code Total rows to delete}
   */
  void dryRun(String what, String verb, String store, List<String> filters) {
    out.println("Dry run (" + what + ")");
    out.println();
    out.println("Store: " + store);
    out.println();
    out.println("Features (" + counts.size() + "):");
    features();
    out.println();
    out.println("Total rows to " + verb + ": " + total());
    out.println();
    out.println("Filters:");
    if (filters.isEmpty()) {
      out.println("  (none)");
    }
    filters.forEach(filter -> out.println("  • " + filter));
  }

  /** What was done. */
  void done(String title) {
    out.println("✓ " + title);
    features();
    out.println("Total rows: " + total());
  }

  private void features() {
    counts.forEach(
        count -> out.println("  • %s (%d rows)".formatted(count.feature().key(), count.records())));
  }

  private long total() {
    return counts.stream().mapToLong(RecordChange.Count::records).sum();
  }
}
