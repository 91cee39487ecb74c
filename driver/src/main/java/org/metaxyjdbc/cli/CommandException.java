package org.metaxyjdbc.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot be done, for a reason to be told in one line and a hint in another. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final @Nullable String hint;

  private CommandException(int exitCode, String message, @Nullable String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  /** What was asked for is not possible or not allowed. */
  static CommandException failed(String message, @Nullable String hint) {
    return new CommandException(1, message, hint);
  }

  /** The arguments make no sense. */
  static CommandException ofUsage(String message, @Nullable String hint) {
    return new CommandException(2, message, hint);
  }

  int exitCode() {
    return exitCode;
  }

  @Nullable String hint() {
    return hint;
  }
}
