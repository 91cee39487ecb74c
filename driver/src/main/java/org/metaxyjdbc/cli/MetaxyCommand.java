package org.metaxyjdbc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code metaxy-jdbc}. */
@Command(
    name = "metaxy-jdbc",
    description = "Reads and changes the feature metadata of a Metaxy store.",
    mixinStandardHelpOptions = true,
    versionProvider = MetaxyCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      FeaturesCommand.class,
      ExportCommand.class,
      DeleteCommand.class,
      RestoreCommand.class,
      PurgeCommand.class,
      ShellCommand.class,
      ServerCommand.class
    })
public final class MetaxyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Runs the command that the arguments name, and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int exitCode = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** Runs the program with its output going to {@code out} and {@code err}; gives its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new MetaxyCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::ofUsage)
        .setExecutionExceptionHandler(Failures::ofExecution)
        .execute(arguments);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MetaxyCommand.class.getPackage().getImplementationVersion();
      return new String[] {"metaxy-jdbc " + (version == null ? "(unpacked)" : version)};
    }
  }
}
