package org.metaxyjdbc.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The beginnings of some files of sqllogictest have the answers of the files. */
class SqlLogicSampleTest {
  @ParameterizedTest
  @CsvSource({
    "test/select1.test, 120",
    "test/select4.test, 60",
    "test/index/between/1/slt_good_0.test, 60",
    "test/index/delete/1/slt_good_0.test, 60",
    "test/index/orderby/10/slt_good_0.test, 60",
    "test/random/aggregates/slt_good_0.test, 60",
    "test/random/expr/slt_good_0.test, 60",
    "test/random/groupby/slt_good_1.test, 60",
    "test/random/select/slt_good_0.test, 60",
  })
  void answersAreThoseOfTheFile(String file, int limit) throws Exception {
    FileRun run = SqlLogicTest.run(file, limit);
    assertThat(run.total()).isEqualTo(limit);
    assertThat(run.failures()).isEmpty();
  }
}
