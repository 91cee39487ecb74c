package org.metaxyjdbc.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.jdbc.MetaxyDriver;
import org.metaxyjdbc.session.SessionSetting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which store a command works on, and the settings of its session. */
final class ConnectionOptions {
  /** The name of this mixin in every command that has it. */
  static final String MIXIN = "store";

  static final String URL_VARIABLE = "METAXY_JDBC_URL";

  private static final String ASK = "\0ask";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "<url>",
      defaultValue = "${" + URL_VARIABLE + "}",
      description = {
        "The store: jdbc:metaxy:<the store's own URL without jdbc:>, for example"
            + " jdbc:metaxy:duckdb:features.duckdb. By default the environment variable "
            + URL_VARIABLE
            + "."
      })
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "<name>", description = "The store's user.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "<password>",
      arity = "0..1",
      fallbackValue = ASK,
      description =
          "That user's password; it is asked for where --password stands last or before another option.")
  private @Nullable String password;

  @Option(
      names = "--project",
      paramLabel = "<project>",
      description = "Only the features of this Metaxy project.")
  private @Nullable String project;

  @Option(
      names = "--with-feature-history",
      description = "Records of all feature versions, not only the current one.")
  private boolean withFeatureHistory;

  /** The URL without passwords. */
  String displayUrl() {
    return Secrets.hideInUrl(requireUrl());
  }

  boolean withFeatureHistory() {
    return withFeatureHistory;
  }

  Secrets secrets() {
    return Secrets.of(url, ASK.equals(password) ? null : password);
  }

  /** The URL, with passwords. */
  String requireUrl() {
    if (url == null || url.isBlank()) {
      throw CommandException.ofUsage(
          "No store is given.",
          "Use --url=jdbc:metaxy:… or set the environment variable " + URL_VARIABLE + ".");
    }
    if (!url.startsWith("jdbc:metaxy:")) {
      throw CommandException.ofUsage(
          "The URL of the store must begin with jdbc:metaxy: and is " + Secrets.hideInUrl(url),
          null);
    }
    return url;
  }

  /** Opens the store. */
  Connection open() throws SQLException {
    String opened = requireUrl();
    Connection connection = new MetaxyDriver().connect(opened, properties());
    if (connection == null) {
      throw new IllegalStateException("not a URL of the driver");
    }
    boolean done = false;
    try {
      for (Map.Entry<SessionSetting, String> setting : settings().entrySet()) {
        connection.setClientInfo(setting.getKey().settingName(), setting.getValue());
      }
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  /** The settings of the session that are given. */
  Map<SessionSetting, String> settings() {
    Map<SessionSetting, String> settings = new EnumMap<>(SessionSetting.class);
    if (project != null) {
      settings.put(SessionSetting.PROJECT, project);
    }
    if (withFeatureHistory) {
      settings.put(SessionSetting.FEATURE_VERSION, "all");
    }
    return settings;
  }

  /** Gives a setting of the session a value; null leaves it as it is. */
  static void set(Connection connection, SessionSetting setting, @Nullable String value)
      throws SQLException {
    if (value != null) {
      connection.setClientInfo(setting.settingName(), value);
    }
  }

  /** User and password of the store; asks for the password where it is to be asked for. */
  Properties properties() {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (ASK.equals(password)) {
      password = ask();
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  /** Where there is no terminal, the password is the first line of standard input. */
  @SuppressWarnings("SystemConsoleNull") // before Java 22 it is null where there is no terminal
  private @Nullable String ask() {
    Console console = Terminal.console();
    if (console != null) {
      char[] typed = console.readPassword("Password: ");
      return typed == null ? null : new String(typed);
    }
    if (command != null) {
      PrintWriter err = command.commandLine().getErr();
      err.print("Password: ");
      err.flush();
    }
    try {
      return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
          .readLine();
    } catch (IOException e) {
      throw CommandException.failed("The password cannot be read: " + e.getMessage(), null);
    }
  }
}
