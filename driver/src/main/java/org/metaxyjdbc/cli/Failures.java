package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How commands report failures: in words, without a stack trace, without a password. */
final class Failures {
  private Failures() {}

  /** Arguments that picocli cannot make sense of. */
  static int ofUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        "Error: " + Secrets.of(command.getCommandSpec()).hide(String.valueOf(e.getMessage())));
    if (e instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return 2;
  }

  /** Anything that a command threw. */
  static int ofExecution(Exception e, CommandLine command, ParseResult parseResult) {
    Secrets secrets = Secrets.of(command.getCommandSpec());
    PrintWriter err = command.getErr();
    if (e instanceof CommandException known) {
      err.println("Error: " + secrets.hide(String.valueOf(known.getMessage())));
      if (known.hint() != null) {
        err.println("Hint: " + secrets.hide(known.hint()));
      }
      return known.exitCode();
    }
    String message = message(e);
    String state =
        e instanceof SQLException sql && sql.getSQLState() != null
            ? " (SQLSTATE " + sql.getSQLState() + ")"
            : "";
    err.println("Error: " + secrets.hide(message) + state);
    return 1;
  }

  /** The message of a file system's failure is only the name of the file. */
  private static String message(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "There is no file or folder " + e.getMessage();
    }
    return e.getMessage() == null || e instanceof FileSystemException
        ? e.toString()
        : e.getMessage();
  }
}
