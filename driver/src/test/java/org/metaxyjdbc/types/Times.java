package org.metaxyjdbc.types;

import static org.metaxyjdbc.types.SampledType.sample;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Times of day and years that go wrong easily. */
final class Times {
  /** Among them hours that clocks skip or show twice in the time zones of the tests. */
  private static final List<String> LOCAL =
      List.of(
          "1900-01-01 00:00:00",
          "1970-01-01 00:00:00",
          "1969-12-31 23:59:59.999999",
          "2024-02-29 12:34:56.123456",
          "2024-03-10 02:30:00.000001",
          "2024-03-31 02:30:00.000001",
          "2024-11-03 01:30:00.1",
          "2024-10-27 02:30:00",
          "1582-10-04 00:00:00",
          "1582-10-10 12:00:00",
          "1582-10-15 00:00:00",
          "0001-01-01 00:00:00",
          "9999-12-31 23:59:59.999999");

  private Times() {}

  static SampledType.Sample[] dates(SampledType.Sample... more) {
    List<SampledType.Sample> samples = new ArrayList<>(List.of(more));
    for (String text : LOCAL) {
      LocalDate date = LocalDate.parse(text.substring(0, 10));
      samples.add(sample("'" + date + "'", date.toString(), date));
    }
    return samples.toArray(new SampledType.Sample[0]);
  }

  static SampledType.Sample[] timestamps(SampledType.Sample... more) {
    List<SampledType.Sample> samples = new ArrayList<>(List.of(more));
    for (String text : LOCAL) {
      samples.add(sample("'" + text + "'", text, local(text)));
    }
    return samples.toArray(new SampledType.Sample[0]);
  }

  static SampledType.Sample[] instants(SampledType.Sample... more) {
    List<SampledType.Sample> samples = new ArrayList<>(List.of(more));
    for (String text : LOCAL) {
      samples.add(sample("'" + text + "+00'", text + "+00", local(text).atOffset(ZoneOffset.UTC)));
    }
    return samples.toArray(new SampledType.Sample[0]);
  }

  static LocalDateTime local(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }
}
