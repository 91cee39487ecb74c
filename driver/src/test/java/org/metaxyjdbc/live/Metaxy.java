package org.metaxyjdbc.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metaxyjdbc.testing.TestStore;

/**
 * Real Metaxy, in one Python process for all tests of the JVM: {@code metaxy_jobs.py}, which says
 * what each job does. DuckDB lets only one process at a time open a file, so a test closes its
 * connections before it calls Metaxy.
 */
final class Metaxy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final File LOG = new File("target/metaxy-jobs.log");

  private final BufferedWriter jobs;
  private final BufferedReader answers;

  private Metaxy() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(System.getenv("METAXY_PYTHON"), "src/test/python/metaxy_jobs.py")
            .redirectError(LOG);
    String scripts =
        Optional.ofNullable(System.getenv("METAXY_SCRIPTS")).orElse("../../shared/metaxy");
    builder.environment().put("METAXY_SCRIPTS", Path.of(scripts).toRealPath().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // It ends with this JVM, whose end closes its input.
    Process process = builder.start();
    jobs = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  static void make(TestStore store, int records, int seed) {
    run(store, job("make").put("records", records).put("seed", seed));
  }

  /** Every feature of the demo project, by key. */
  static Map<String, FeatureDump> read(TestStore store) {
    return FeatureDump.parse(run(store, job("read")));
  }

  static FeatureDump read(TestStore store, String feature) {
    return FeatureDump.parse(run(store, job("read").put("feature", feature))).get(feature);
  }

  /** Every feature that the store's registry knows, read without a Python class of any. */
  static Map<String, FeatureDump> readRegistered(TestStore store) {
    return FeatureDump.parse(run(store, job("read_registered")));
  }

  /** One of these features. */
  static FeatureDump readRegistered(TestStore store, String feature) {
    return FeatureDump.parse(run(store, job("read_registered").put("feature", feature)))
        .get(feature);
  }

  /** Metaxy's own delete of what matches all the filters. */
  static void delete(TestStore store, String feature, List<JsonNode> filters, boolean soft) {
    delete(store, feature, filters, soft, false);
  }

  static void delete(
      TestStore store,
      String feature,
      List<JsonNode> filters,
      boolean soft,
      boolean allFeatureVersions) {
    ObjectNode job = job("delete").put("feature", feature).put("soft", soft);
    job.put("with_feature_history", allFeatureVersions).putArray("filters").addAll(filters);
    run(store, job);
  }

  /** Writes records of the demo project again, by the numbers in their ids. */
  static void write(TestStore store, String feature, List<Integer> numbers, int take) {
    ObjectNode job = job("write").put("feature", feature).put("seed", take).put("take", take);
    job.set("numbers", JSON.valueToTree(numbers));
    run(store, job);
  }

  /** Writes what is new or stale in {@code video/faces}. */
  static void writeFaces(TestStore store, int seed) {
    run(store, job("write_faces").put("seed", seed));
  }

  /** What Metaxy takes from the registry, by feature key. */
  static JsonNode describeRegistered(TestStore store) {
    return run(store, job("describe_registered"));
  }

  /** Writes rows of the user's own columns to a feature that has no Python class. */
  static void writeRegistered(TestStore store, String feature, List<Map<String, Object>> rows) {
    ObjectNode job = job("write_registered").put("feature", feature);
    job.set("rows", JSON.valueToTree(rows));
    run(store, job);
  }

  /**
   * What a child of a registered feature has to do: its rows that are {@code new}, {@code stale}
   * and {@code orphaned}, of which {@code write} writes the first two.
   */
  static JsonNode resolveChild(TestStore store, String parent, boolean write) {
    return run(store, job("resolve_child").put("parent", parent).put("write", write));
  }

  /**
   * Pushes a feature {@code up/stream}, with the first revision also its children, which are of
   * another project.
   */
  static void pushUpstream(TestStore store, int revision) {
    run(store, job("push_upstream").put("revision", revision));
  }

  private static ObjectNode job(String name) {
    return JSON.createObjectNode().put("job", name);
  }

  private static JsonNode run(TestStore store, ObjectNode job) {
    boolean isDuckDb = store.kind() == TestStore.Kind.DUCKDB;
    job.put("backend", isDuckDb ? "duckdb" : "postgresql");
    job.put("target", store.rawUrl().substring((isDuckDb ? "jdbc:duckdb:" : "jdbc:").length()));
    return Running.METAXY.answer(job);
  }

  private synchronized JsonNode answer(ObjectNode job) {
    try {
      jobs.write(JSON.writeValueAsString(job));
      jobs.newLine();
      jobs.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("Metaxy's process ended, see " + LOG.getAbsolutePath());
      }
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new AssertionError(
            "Metaxy could not do " + job + ":\n" + answer.get("error").asText());
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Running {
    private static final Metaxy METAXY = start();

    private static Metaxy start() {
      try {
        return new Metaxy();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
