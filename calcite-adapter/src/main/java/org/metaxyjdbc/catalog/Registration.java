package org.metaxyjdbc.catalog;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code metaxy_system__feature_versions}: a feature at a push of its project.
 *
 * @param project Metaxy's project
 * @param featureKey the key as text, for example {@code video/raw}
 * @param featureVersion the version as the push computed it
 * @param definitionVersion hash of spec and schema
 * @param recordedAt when it was pushed; naive UTC
 * @param featureSpec JSON text
 * @param featureSchema JSON schema of the feature's class, as text
 * @param projectVersion the project's version at that push
 */
public record Registration(
    @Nullable String project,
    String featureKey,
    @Nullable String featureVersion,
    @Nullable String definitionVersion,
    @Nullable LocalDateTime recordedAt,
    @Nullable String featureSpec,
    @Nullable String featureSchema,
    @Nullable String projectVersion) {}
