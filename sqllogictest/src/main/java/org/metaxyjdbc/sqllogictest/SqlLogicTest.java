package org.metaxyjdbc.sqllogictest;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.hydromatic.sqllogictest.Main;
import net.hydromatic.sqllogictest.OptionsParser;
import net.hydromatic.sqllogictest.SltTestFile;

/**
 * Runs files of SQLite's sqllogictest through the driver and prints how many answers are those of
 * the files, and what the others are.
 *
 * <p>Arguments: how many statements of each file at most, then the files or folders, all without
 * any.
 */
public final class SqlLogicTest {
  private static final int EXAMPLES = 10;

  private final Map<String, List<Failure>> failures = new TreeMap<>();
  private int passed;
  private int total;

  private SqlLogicTest() {}

  public static void main(String[] args)
      throws IOException, SQLException, NoSuchAlgorithmException {
    int limit = args.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(args[0]);
    List<String> wanted = args.length < 2 ? List.of("") : List.of(args).subList(1, args.length);
    SqlLogicTest test = new SqlLogicTest();
    for (String file : new TreeSet<>(Main.getTestList())) {
      if (wanted.stream().anyMatch(prefix -> file.startsWith("test/" + prefix))) {
        FileRun run = run(file, limit);
        test.add(run);
        System.out.printf("%s: %d of %d%n", file, run.passed(), run.total());
      }
    }
    test.print();
  }

  /** Runs one file of the library, at most {@code limit} statements of it. */
  static FileRun run(String file, int limit)
      throws IOException, SQLException, NoSuchAlgorithmException {
    OptionsParser.SuppliedOptions options =
        new OptionsParser(false, System.out, System.err).parse(file);
    SltTestFile parsed = new SltTestFile(file);
    parsed.parse(options);
    return FileRun.of(options, file, parsed, limit);
  }

  private void add(FileRun run) {
    passed += run.passed();
    total += run.total();
    for (Failure failure : run.failures()) {
      failures.computeIfAbsent(failure.kind(), kind -> new ArrayList<>()).add(failure);
    }
  }

  private void print() {
    System.out.printf("%n%d of %d: %.3f %%%n", passed, total, 100.0 * passed / total);
    failures.forEach(
        (kind, of) -> {
          System.out.printf("%n%d × %s%n", of.size(), kind);
          of.stream()
              .limit(EXAMPLES)
              .forEach(
                  failure ->
                      System.out.printf(
                          "  %s: %s%n    %s%n",
                          failure.file(), failure.sql().strip(), failure.detail().strip()));
        });
  }
}
