package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

class FeaturesCommandTest {
  @Test
  void listsFeaturesAndCountsTheirRecords() throws Exception {
    String url = DemoStore.create(TestStore.Kind.H2).url();
    CommandRun table = CommandRun.of("features", "--url", url);
    assertThat(table.out().lines())
        .containsExactly(
            "feature        table           id_columns     feature_version  project  is_written",
            "predictions    predictions     prediction_id  e3b0c442         demo     true",
            "video/raw      video__raw      video_id       e3b0c442         demo     true",
            "video/un-used  video__un_used  video_id       e3b0c442         demo     false");
    CommandRun json = CommandRun.of("features", "--records", "--format", "jsonl", "--url", url);
    assertThat(json.out())
        .contains(
            "\"feature\":\"predictions\"",
            "\"is_written\":true,\"active\":8,\"deleted\":1}",
            "\"is_written\":false,\"active\":0,\"deleted\":0}");
    CommandRun other = CommandRun.of("features", "--project", "other", "--url", url);
    assertThat(other.out().lines()).hasSize(1);
  }
}
