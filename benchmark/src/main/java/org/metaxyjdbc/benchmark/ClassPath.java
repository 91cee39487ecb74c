package org.metaxyjdbc.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The class path that the measured JVMs have, which JMH takes from a system property. */
final class ClassPath {
  private static final String PROPERTY = "java.class.path";

  private ClassPath() {}

  /** Packs its folders into jars: a JVM archives the classes of jars only. */
  static void toJars(Path target) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty(PROPERTY).split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? jar(path, target).toString() : entry);
    }
    System.setProperty(PROPERTY, String.join(File.pathSeparator, jars));
  }

  private static Path jar(Path folder, Path target) throws IOException {
    Path jar = Files.createTempFile(target, "classes", ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
