package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.util.List;

/** What is printed of a deletion, in Metaxy's words. */
final class DeletionReport {
  private final PrintWriter out;
  private final List<Deletion.Count> counts;

  DeletionReport(PrintWriter out, List<Deletion.Count> counts) {
    this.out = out;
    this.counts = counts;
  }

  void dryRun(String what, String store, List<String> filters) {
    out.println("Dry run (" + what + ")");
    out.println();
    out.println("Store: " + store);
    out.println();
    out.println("Features (" + counts.size() + "):");
    features();
    out.println();
    out.println("Total rows to delete: " + total());
    out.println();
    out.println("Filters:");
    if (filters.isEmpty()) {
      out.println("  (none)");
    }
    filters.forEach(filter -> out.println("  • " + filter));
  }

  void done(String title) {
    out.println("✓ " + title);
    features();
    out.println("Total rows deleted: " + total());
  }

  private void features() {
    counts.forEach(
        count -> out.println("  • %s (%d rows)".formatted(count.feature().key(), count.records())));
  }

  private long total() {
    return counts.stream().mapToLong(Deletion.Count::records).sum();
  }
}
