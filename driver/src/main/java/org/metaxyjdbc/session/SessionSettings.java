package org.metaxyjdbc.session;

import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.adapter.FeatureView;
import org.metaxyjdbc.adapter.MetaxySchema;
import org.metaxyjdbc.adapter.Rows;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/** The settings of one session, and what they were when it was opened. */
public final class SessionSettings {
  private final Map<SessionSetting, String> initial = new EnumMap<>(SessionSetting.class);
  private final Map<SessionSetting, String> values = new EnumMap<>(SessionSetting.class);

  private String schema = Rows.ACTIVE.schemaName();
  private @Nullable PlanSettings ofPlans;

  /** The settings of a new session; {@code properties} name them as SQL does. */
  public SessionSettings(Properties properties) {
    for (SessionSetting setting : SessionSetting.values()) {
      String value = properties.getProperty(setting.settingName(), setting.defaultValue());
      put(initial, setting, setting.normalize(value));
    }
    values.putAll(initial);
    if (is(SessionSetting.HARD_DELETE)) {
      requireHardDeleteAllowed();
    }
  }

  /** The value of a setting; null for none. */
  public @Nullable String get(SessionSetting setting) {
    return values.get(setting);
  }

  /** Whether a setting is true. */
  public boolean is(SessionSetting setting) {
    return "true".equals(values.get(setting));
  }

  /**
   * Changes a setting; null for none.
   *
   * @throws MetaxyException 22023 for a value it cannot have, 42501 where it cannot be changed
   */
  public void set(SessionSetting setting, @Nullable String value) {
    if (setting.isConnectionOnly()) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "'%s' is a property of the connection and cannot be changed after it was opened"
              .formatted(setting.settingName()));
    }
    String normalized = setting.normalize(value == null ? setting.defaultValue() : value);
    if (setting == SessionSetting.HARD_DELETE && "true".equals(normalized)) {
      requireHardDeleteAllowed();
    }
    put(values, setting, normalized);
    ofPlans = null;
  }

  /** Those that plans depend on; the same object until one of the settings changes. */
  public PlanSettings ofPlans() {
    PlanSettings known = ofPlans;
    if (known == null) {
      known =
          new PlanSettings(
              schema,
              get(SessionSetting.HARD_DELETE),
              get(SessionSetting.APPEND_ONLY),
              get(SessionSetting.FEATURE_VERSION),
              get(SessionSetting.AS_OF) != null,
              get(SessionSetting.PROJECT));
      ofPlans = known;
    }
    return known;
  }

  /** Gives a setting the value that the session began with. */
  public void reset(SessionSetting setting) {
    set(setting, initial.get(setting));
  }

  /** The schema of tables that a statement names without one. */
  public String schema() {
    return schema;
  }

  /**
   * Changes the schema of tables that a statement names without one.
   *
   * @throws MetaxyException 3F000 where there is none of that name
   */
  public void setSchema(String name) {
    ofPlans = null;
    List<String> schemas = MetaxySchema.schemaNames();
    schema =
        schemas.stream()
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(
                () ->
                    new MetaxyException(
                        SqlState.SCHEMA_NOT_FOUND,
                        "There is no schema '%s'; schemas are %s".formatted(name, schemas)));
  }

  /** Gives all settings the values that the session began with. */
  public void resetAll() {
    values.clear();
    values.putAll(initial);
    schema = Rows.ACTIVE.schemaName();
    ofPlans = null;
  }

  /** Which feature versions the session looks at. */
  public FeatureView view() {
    return FeatureView.of(values.get(SessionSetting.FEATURE_VERSION));
  }

  /** The time at which every read looks; null for now. */
  public @Nullable OffsetDateTime asOf() {
    String time = values.get(SessionSetting.AS_OF);
    return time == null ? null : OffsetDateTime.parse(time);
  }

  private void requireHardDeleteAllowed() {
    if (!is(SessionSetting.ALLOW_HARD_DELETE)) {
      throw new MetaxyException(
          SqlState.NOT_ALLOWED,
          "hard_delete cannot be switched on: this connection was opened with allow_hard_delete=false");
    }
  }

  private static void put(
      Map<SessionSetting, String> map, SessionSetting setting, @Nullable String value) {
    if (value == null) {
      map.remove(setting);
    } else {
      map.put(setting, value);
    }
  }
}
