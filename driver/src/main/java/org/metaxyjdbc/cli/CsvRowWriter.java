package org.metaxyjdbc.cli;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * CSV as PostgreSQL and DuckDB read and write it: what is empty and not in quotes is NULL, what is
 * empty and in quotes is the empty text.
 */
final class CsvRowWriter implements RowWriter {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setRecordSeparator('\n')
          .setQuoteMode(QuoteMode.ALL_NON_NULL)
          .get();

  private final CSVPrinter printer;

  CsvRowWriter(Writer out) throws IOException {
    this.printer = new CSVPrinter(out, FORMAT);
  }

  @Override
  public void begin(List<String> columns) throws IOException {
    printer.printRecord(columns);
  }

  @Override
  public void row(List<@Nullable Object> values) throws IOException {
    for (Object value : values) {
      printer.print(value instanceof BigDecimal decimal ? decimal.toPlainString() : value);
    }
    printer.println();
  }

  @Override
  public void end() throws IOException {
    printer.flush();
  }
}
