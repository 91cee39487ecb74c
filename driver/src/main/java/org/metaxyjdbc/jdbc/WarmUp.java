package org.metaxyjdbc.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.rel.RelNode;

/**
 * Loads the classes that a first query needs, in a thread of its own beside the first connection of
 * the JVM. A thread that needs one of them earlier loads it itself.
 *
 * <p>Classes are loaded and not initialized: two threads that initialize classes which depend on
 * each other, as Calcite's do, wait for each other for ever. What is initialized here is the JDK's
 * own and Avatica's protocol, which depends on protobuf alone.
 *
 * <p>The system property {@code metaxy.jdbc.warm_up} switches it off where it is {@code false}.
 */
final class WarmUp {
  static final String PROPERTY = "metaxy.jdbc.warm_up";

  /** Names of classes, a line each, in the order in which they are needed. */
  static final String CLASSES = "first-query-classes.txt";

  private static final class Once {
    static {
      if (Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
          && Runtime.getRuntime().availableProcessors() > 1) {
        Thread thread = new Thread(WarmUp::run, "metaxy-jdbc-warm-up");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
      }
    }

    static void begin() {}
  }

  private WarmUp() {}

  /** Begins, if this is the first connection. */
  static void start() {
    Once.begin();
  }

  private static void run() {
    UUID.randomUUID();
    Common.getDescriptor();
    Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    String relocation = relocation();
    try (InputStream list = WarmUp.class.getResourceAsStream(CLASSES)) {
      if (list != null) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8));
        for (String name = lines.readLine(); name != null; name = lines.readLine()) {
          load(name.startsWith("org.metaxyjdbc.") ? name : relocation + name);
        }
      }
    } catch (IOException e) {
      // Whoever needs a class loads it.
    }
  }

  /** What stands before the names of libraries: something in the one jar only. */
  private static String relocation() {
    String name = RelNode.class.getName();
    return name.substring(0, name.indexOf("apache.calcite") - "org.".length());
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, WarmUp.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Whoever needs it meets the error.
    }
  }
}
