package org.metaxyjdbc.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a store's own driver that the one jar holds.
 *
 * <p>They keep their names, which H2 writes into its files and PostgreSQL's users into their URLs.
 * Only this loader finds them, so that an application may have another version of them, and gets
 * none that it did not ask for.
 */
final class BundledDriver extends ClassLoader {
  private static final String FOLDER = "org/metaxyjdbc/stores/";
  private static final String SERVICE = "META-INF/services/java.sql.Driver";
  private static final ClassLoader JAR = BundledDriver.class.getClassLoader();
  private static final Map<String, Optional<Driver>> DRIVERS = new ConcurrentHashMap<>();

  static {
    registerAsParallelCapable();
  }

  private final String folder;

  private BundledDriver(String subprotocol, String folder) {
    super("metaxy-jdbc " + subprotocol, JAR);
    this.folder = folder;
  }

  /** The driver of URLs {@code jdbc:<subprotocol>:}, or null where this jar holds none. */
  static @Nullable Driver find(String subprotocol) {
    return DRIVERS.computeIfAbsent(subprotocol, BundledDriver::load).orElse(null);
  }

  private static Optional<Driver> load(String subprotocol) {
    String folder = FOLDER + subprotocol + "/";
    try (InputStream service = JAR.getResourceAsStream(folder + SERVICE)) {
      if (service == null) {
        return Optional.empty();
      }
      String name = new String(service.readAllBytes(), StandardCharsets.UTF_8).strip();
      Class<?> driver = new BundledDriver(subprotocol, folder).loadClass(name);
      return Optional.of((Driver) driver.getDeclaredConstructor().newInstance());
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The jar of metaxy-jdbc is damaged: its driver of jdbc:" + subprotocol, e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = read(name);
      return bytes == null
          ? super.loadClass(name, resolve)
          : defineClass(name, bytes, 0, bytes.length, BundledDriver.class.getProtectionDomain());
    }
  }

  private byte @Nullable [] read(String className) throws ClassNotFoundException {
    try (InputStream bytes =
        JAR.getResourceAsStream(folder + className.replace('.', '/') + ".classdata")) {
      return bytes == null ? null : bytes.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(className, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return JAR.getResource(folder + name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }
}
