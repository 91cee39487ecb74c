package org.metaxyjdbc.onejar;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** Looks into its own jars before it asks its parent, as application servers and Spark do. */
final class ChildFirstClassLoader extends URLClassLoader {
  ChildFirstClassLoader(List<Path> jars, ClassLoader parent) {
    super(urls(jars), parent);
  }

  static URL[] urls(List<Path> jars) {
    return jars.stream().map(ChildFirstClassLoader::url).toArray(URL[]::new);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }
}
