package org.metaxyjdbc.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of the command line printed, and its exit code. */
public record CommandRun(int exitCode, String out, String err) {
  /** Runs the program. */
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        MetaxyCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
