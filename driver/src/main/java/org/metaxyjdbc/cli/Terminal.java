package org.metaxyjdbc.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person sits at the other end. */
final class Terminal {
  private Terminal() {}

  /**
   * The terminal; null where input or output is redirected. Since Java 22 {@link System#console()}
   * gives one in any case, and {@code Console.isTerminal} tells.
   */
  static @Nullable Console console() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      Object terminal = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(terminal) ? console : null;
    } catch (ReflectiveOperationException e) {
      return console;
    }
  }
}
