package org.metaxyjdbc.tools.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** Hibernate, with features as entities. The product is not in its list: a dialect must be set. */
class HibernateTest {
  static Stream<Arguments> stores() {
    return Stream.of(TestStore.Kind.values())
        .flatMap(
            kind ->
                Stream.of(H2Dialect.class, PostgreSQLDialect.class)
                    .map(dialect -> Arguments.of(kind, dialect)));
  }

  private static Configuration configuration(PredictionStore store) {
    return new Configuration()
        .addAnnotatedClass(Prediction.class)
        .addAnnotatedClass(Model.class)
        .setProperty("hibernate.connection.url", store.url())
        .setProperty("hibernate.jdbc.batch_size", "20");
  }

  private static SessionFactory factory(PredictionStore store, Class<? extends Dialect> dialect) {
    return configuration(store)
        .setProperty("hibernate.dialect", dialect.getName())
        .buildSessionFactory();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anEntityIsStoredChangedAndRemoved(TestStore.Kind kind, Class<? extends Dialect> dialect)
      throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    try (SessionFactory factory = factory(store, dialect)) {
      factory.inTransaction(
          session -> {
            Prediction prediction = new Prediction();
            prediction.id = 6L;
            prediction.model = session.getReference(Model.class, "v1");
            prediction.confidence = 0.5;
            prediction.price = new BigDecimal("12.34");
            prediction.checked = true;
            prediction.takenOn = LocalDate.of(2024, 6, 1);
            prediction.createdAt = LocalDateTime.parse("2024-06-01T12:00:00.123456");
            prediction.seenAt = Instant.parse("2024-06-01T12:00:00.123456Z");
            session.persist(prediction);
          });
      factory.inTransaction(
          session -> {
            Prediction prediction = session.find(Prediction.class, 6L);
            assertThat(prediction.model.owner()).isEqualTo("Ada");
            assertThat(prediction.confidence).isEqualTo(0.5);
            assertThat(prediction.price).isEqualByComparingTo("12.34");
            assertThat(prediction.checked).isTrue();
            assertThat(prediction.takenOn).isEqualTo("2024-06-01");
            assertThat(prediction.createdAt).isEqualTo("2024-06-01T12:00:00.123456");
            assertThat(prediction.seenAt).isEqualTo("2024-06-01T12:00:00.123456Z");
            prediction.price = null;
            prediction.model = session.find(Model.class, "v2");
          });
      factory.inTransaction(
          session -> {
            assertThat(session.find(Prediction.class, 6L).price).isNull();
            session.remove(session.find(Prediction.class, 6L));
            session.remove(session.find(Prediction.class, 1L));
          });
      factory.inSession(
          session -> {
            assertThat(session.find(Prediction.class, 6L)).isNull();
            assertThat(session.find(Prediction.class, 5L)).as("deleted before").isNull();
          });
      assertThat(store.ids("active")).containsExactly(2L, 3L, 4L);
      assertThat(store.ids("only_deleted")).containsExactly(1L, 5L, 6L);
      assertThat(store.ids("history")).containsExactly(1L, 1L, 2L, 3L, 4L, 5L, 5L, 6L, 6L, 6L);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anEntityIsLockedWhileItChanges(TestStore.Kind kind, Class<? extends Dialect> dialect)
      throws SQLException {
    try (SessionFactory factory = factory(PredictionStore.create(kind), dialect)) {
      for (LockModeType lock :
          List.of(LockModeType.PESSIMISTIC_WRITE, LockModeType.PESSIMISTIC_READ)) {
        factory.inTransaction(
            session -> {
              Prediction prediction = session.find(Prediction.class, 1L, lock);
              prediction.confidence += 1;
              session.flush();
              session.refresh(prediction, lock);
              session
                  .createQuery("from Prediction p where p.id = 2", Prediction.class)
                  .setLockMode(lock)
                  .getSingleResult();
            });
      }
      factory.inSession(
          session -> assertThat(session.find(Prediction.class, 1L).confidence).isEqualTo(2.9));
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void jpqlReadsAndChanges(TestStore.Kind kind, Class<? extends Dialect> dialect)
      throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    try (SessionFactory factory = factory(store, dialect)) {
      factory.inSession(
          session -> {
            assertThat(
                    session
                        .createQuery(
                            "select p from Prediction p join fetch p.model m where m.owner like :owner and p.confidence > :least order by p.id desc",
                            Prediction.class)
                        .setParameter("owner", "A%")
                        .setParameter("least", 0.2)
                        .setMaxResults(1)
                        .getResultList())
                .singleElement()
                .satisfies(
                    p -> {
                      assertThat(p.id).isEqualTo(2);
                      assertThat(p.model.owner()).isEqualTo("Ada");
                    });
            assertThat(
                    session
                        .createQuery(
                            "select m.owner, count(p), avg(p.confidence), max(p.createdAt), sum(p.price) from Prediction p join p.model m group by m.owner having count(p) > 1 order by m.owner",
                            Object[].class)
                        .getResultList())
                .extracting(row -> List.of(row[0], row[1], row[2]))
                .containsExactly(List.of("Ada", 2L, 0.6), List.of("Ben", 2L, 0.5));
            assertThat(
                    session
                        .createQuery(
                            "select p.id from Prediction p where lower(p.model.name) in (:names) and year(p.createdAt) = 2024 and p.takenOn is not null and exists (select 1 from Model m where m = p.model) order by coalesce(p.price, 0) desc, p.id",
                            Long.class)
                        .setParameterList("names", List.of("v1", "v2"))
                        .setFirstResult(1)
                        .setMaxResults(2)
                        .getResultList())
                .containsExactly(2L, 1L);
          });
      factory.inTransaction(
          session -> {
            assertThat(
                    session
                        .createMutationQuery(
                            "update Prediction p set p.confidence = p.confidence / 2 where p.model.name = :model")
                        .setParameter("model", "v1")
                        .executeUpdate())
                .isEqualTo(2);
            assertThat(
                    session
                        .createMutationQuery("delete from Prediction p where p.confidence < :least")
                        .setParameter("least", 0.3)
                        .executeUpdate())
                .isEqualTo(2);
          });
      assertThat(store.ids("active")).containsExactly(1L, 3L);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aTransactionThatFailsLeavesNothing(TestStore.Kind kind, Class<? extends Dialect> dialect)
      throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    try (SessionFactory factory = factory(store, dialect)) {
      assertThatThrownBy(
              () ->
                  factory.inTransaction(
                      session -> {
                        for (long id = 10; id < 20; id++) {
                          Prediction prediction = new Prediction();
                          prediction.id = id;
                          session.persist(prediction);
                        }
                        session.flush();
                        throw new IllegalStateException("undo it");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(store.ids("active")).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void theSchemaIsValidated(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    factoryThatValidates(store).close();
    store.store().execute("ALTER TABLE \"predictions\" DROP COLUMN \"is_checked\"");
    assertThatThrownBy(() -> factoryThatValidates(store))
        .hasMessageContaining("missing column [is_checked] in table [predictions]");
  }

  private static SessionFactory factoryThatValidates(PredictionStore store) {
    return configuration(store)
        .setProperty("hibernate.dialect", DialectWithoutSequences.class.getName())
        .setProperty("hibernate.hbm2ddl.auto", "validate")
        .buildSessionFactory();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void withoutADialectTheProductIsNotKnown(TestStore.Kind kind) throws SQLException {
    Configuration configuration = configuration(PredictionStore.toRead(kind));
    assertThatThrownBy(configuration::buildSessionFactory)
        .hasStackTraceContaining("Unable to determine Dialect");
  }
}
