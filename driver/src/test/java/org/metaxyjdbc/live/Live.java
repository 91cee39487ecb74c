package org.metaxyjdbc.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test that runs real Metaxy beside the driver; skipped where there is none. */
@Tag("live")
@EnabledIfEnvironmentVariable(
    named = "METAXY_PYTHON",
    matches = ".+",
    disabledReason = "METAXY_PYTHON names no Python with Metaxy in it; .ci/run installs one")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Live {}
