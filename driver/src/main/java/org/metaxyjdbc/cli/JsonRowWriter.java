package org.metaxyjdbc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON lines: a nested value is written as JSON, not as text. */
final class JsonRowWriter implements RowWriter {
  private final JsonGenerator json;
  private List<String> columns = List.of();

  JsonRowWriter(Writer out) throws IOException {
    this.json =
        JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(out)
            .setRootValueSeparator(null);
  }

  @Override
  public void begin(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public void row(List<@Nullable Object> values) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      json.writeFieldName(columns.get(i));
      write(values.get(i));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void write(@Nullable Object value) throws IOException {
    if (value instanceof ResultRows.Json nested) {
      json.writeRawValue(nested.text());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Float number && Float.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  @Override
  public void end() throws IOException {
    json.flush();
  }
}
