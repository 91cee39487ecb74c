package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.Writer;

/** The forms in which rows are written. */
enum RowFormat {
  /** Comma-separated, with a header; text is quoted, and NULL is nothing at all. */
  CSV,
  /** A JSON object a line. */
  JSONL,
  /** Columns for people to read. */
  TABLE;

  RowWriter writer(Writer out) throws IOException {
    return switch (this) {
      case CSV -> new CsvRowWriter(out);
      case JSONL -> new JsonRowWriter(out);
      case TABLE -> new TableRowWriter(out);
    };
  }
}
