package org.metaxyjdbc.tools.mybatis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** MyBatis, with its own pool. */
class MyBatisTest {
  private static SqlSessionFactory factory(PooledDataSource source) {
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.addMapper(PredictionMapper.class);
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  private static Prediction prediction(long id) {
    Prediction prediction = new Prediction();
    prediction.predictionId = id;
    prediction.model = "v3";
    prediction.price = new BigDecimal("1.25");
    prediction.takenOn = LocalDate.of(2024, 6, 1);
    prediction.createdAt = LocalDateTime.parse("2024-06-01T12:00:00.123456");
    prediction.seenAt = OffsetDateTime.parse("2024-06-01T12:00:00.123456Z");
    return prediction;
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aMapperReadsAndWrites(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    PooledDataSource source =
        new PooledDataSource("org.metaxyjdbc.jdbc.MetaxyDriver", store.url(), null, null);
    SqlSessionFactory factory = factory(source);
    try (SqlSession session = factory.openSession()) {
      PredictionMapper mapper = session.getMapper(PredictionMapper.class);
      Prediction six = prediction(6);
      assertThat(mapper.add(six)).isEqualTo(1);
      assertThat(mapper.find(6)).usingRecursiveComparison().isEqualTo(six);
      six.price = null;
      assertThat(mapper.setPrice(six)).isEqualTo(1);
      assertThat(mapper.remove(1)).isEqualTo(1);
      session.commit();
      mapper.remove(2);
      session.rollback();
      assertThat(mapper.ofModels(List.of("v1", "v3")))
          .extracting(p -> p.predictionId)
          .containsExactly(2L, 6L);
    }
    try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
      PredictionMapper mapper = session.getMapper(PredictionMapper.class);
      mapper.add(prediction(7));
      mapper.add(prediction(8));
      mapper.remove(3);
      assertThat(session.flushStatements())
          .flatExtracting(result -> List.of(result.getUpdateCounts()))
          .containsExactly(new int[] {1, 1}, new int[] {1});
      session.commit();
    }
    source.forceCloseAll();
    assertThat(store.ids("active")).containsExactly(2L, 4L, 6L, 7L, 8L);
    assertThat(store.ids("only_deleted")).containsExactly(1L, 3L, 5L);
  }
}
