package org.metaxyjdbc.tools.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** jOOQ's code generator. */
class JooqGeneratorTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void classesOfTheFeaturesAreGenerated(TestStore.Kind kind, @TempDir Path folder)
      throws Exception {
    GenerationTool.generate(
        new Configuration()
            .withLogging(Logging.ERROR)
            .withJdbc(
                new Jdbc()
                    .withDriver("org.metaxyjdbc.jdbc.MetaxyDriver")
                    .withUrl(PredictionStore.toRead(kind).url()))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withName(MetaxyDatabase.class.getName())
                            .withInputSchema("active"))
                    .withTarget(
                        new Target()
                            .withPackageName("generated")
                            .withDirectory(folder.toString()))));
    assertThat(folder.resolve("generated/tables/Models.java")).exists();
    assertThat(Files.readString(folder.resolve("generated/tables/Predictions.java")))
        .contains("\"prediction_id\"), SQLDataType.BIGINT,")
        .contains("\"price\"), SQLDataType.NUMERIC(10, 2),")
        .contains("\"created_at\"), SQLDataType.LOCALDATETIME(6),")
        .contains("\"seen_at\"), SQLDataType.TIMESTAMPWITHTIMEZONE(6),")
        .contains("getPrimaryKey()");
  }
}
