package org.metaxyjdbc.session;

import org.jspecify.annotations.Nullable;

/**
 * The settings that the plan of a statement depends on. A session has the same object as long as
 * none of its settings changes.
 *
 * @param schema of tables that a statement names without one
 * @param isInPast whether {@code as_of} is set: the time itself is a parameter of the plan
 */
public record PlanSettings(
    String schema,
    @Nullable String hardDelete,
    @Nullable String appendOnly,
    @Nullable String featureVersion,
    boolean isInPast,
    @Nullable String project) {}
