package org.metaxyjdbc.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as text. */
interface RowWriter {
  /** Begins with the names of the columns. */
  void begin(List<String> columns) throws IOException;

  /** Writes one row of values as {@link ResultRows} gives them. */
  void row(List<@Nullable Object> values) throws IOException, SQLException;

  /** Writes what is still held back. The underlying writer stays open. */
  void end() throws IOException;
}
