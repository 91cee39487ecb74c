package org.metaxyjdbc.session;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * What a session can be told with {@code SET}, {@code ALTER SESSION SET}, {@code
 * Connection.setClientInfo} or a connection property of the same name.
 */
public enum SessionSetting {
  HARD_DELETE("false", "true: DELETE removes rows physically", "true", "false"),
  ALLOW_HARD_DELETE(
      "true", "false: hard_delete cannot be switched on in this connection", "true", "false"),
  APPEND_ONLY(
      "false",
      "true: the store only takes appended rows; what hard_delete would do is refused",
      "true",
      "false"),
  READ_ONLY("false", "true: the session only reads", "true", "false"),
  FEATURE_VERSION("current", "current, all, or one feature version"),
  AS_OF(null, "a timestamp: every read sees the store as it was then, and nothing can be written") {
    @Override
    @Nullable String normalize(@Nullable String value) {
      return value == null || value.strip().equalsIgnoreCase("none")
          ? null
          : PastTime.parse(value).toString();
    }
  },
  MATERIALIZATION_ID(
      null, "written to metaxy_materialization_id of every version this session appends"),
  PROJECT(null, "only this Metaxy project's features; by default those of all projects");

  private final @Nullable String defaultValue;
  private final String description;
  private final ImmutableList<String> choices;

  SessionSetting(@Nullable String defaultValue, String description, String... choices) {
    this.defaultValue = defaultValue;
    this.description = description;
    this.choices = ImmutableList.copyOf(choices);
  }

  /** The name in SQL and in connection properties. */
  public String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of a new session; null for none. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  public String description() {
    return description;
  }

  /** The values it can have; empty where any text will do. */
  public List<String> choices() {
    return choices;
  }

  /** Whether it can change after the connection was opened. */
  public boolean isConnectionOnly() {
    return this == ALLOW_HARD_DELETE || this == APPEND_ONLY;
  }

  /** The setting of that name, whatever its case. */
  public static Optional<SessionSetting> find(String name) {
    return Arrays.stream(values())
        .filter(setting -> setting.settingName().equalsIgnoreCase(name))
        .findFirst();
  }

  /**
   * The setting of that name.
   *
   * @throws MetaxyException 22023 with the names that there are
   */
  public static SessionSetting of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new MetaxyException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "There is no setting '%s'; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values()).map(SessionSetting::settingName).toList())));
  }

  /**
   * The value as it is kept: in its canonical case where there are choices.
   *
   * @throws MetaxyException 22023 where it is not one of the choices, 22007 where it is no time
   */
  @Nullable String normalize(@Nullable String value) {
    if (value == null || choices.isEmpty()) {
      return value;
    }
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(value.strip())) {
        return choice;
      }
    }
    if (choices.contains("true")
        && List.of("on", "1", "yes").contains(value.toLowerCase(Locale.ROOT))) {
      return "true";
    }
    if (choices.contains("false")
        && List.of("off", "0", "no").contains(value.toLowerCase(Locale.ROOT))) {
      return "false";
    }
    throw new MetaxyException(
        SqlState.INVALID_PARAMETER_VALUE,
        "Setting '%s' cannot be '%s'; it can be %s".formatted(settingName(), value, choices));
  }
}
