package org.metaxyjdbc.tools.eclipselink;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** EclipseLink, which chooses its platform by the name of the product. */
class EclipseLinkTest {
  private static void on(PredictionStore store, Consumer<EntityManager> work) {
    try (EntityManagerFactory factory =
            new PersistenceProvider()
                .createEntityManagerFactory(
                    "predictions",
                    Map.of(
                        "jakarta.persistence.jdbc.url",
                        store.url(),
                        "jakarta.persistence.jdbc.driver",
                        "org.metaxyjdbc.jdbc.MetaxyDriver",
                        "eclipselink.cache.shared.default",
                        "false",
                        "eclipselink.logging.level",
                        "OFF",
                        "eclipselink.weaving",
                        "false"));
        EntityManager manager = factory.createEntityManager()) {
      work.accept(manager);
    }
  }

  private static void inTransaction(EntityManager manager, Runnable work) {
    manager.getTransaction().begin();
    work.run();
    manager.getTransaction().commit();
    manager.clear();
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void entitiesAreWrittenAndRead(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    on(
        store,
        manager -> {
          Prediction written = new Prediction();
          written.id = 10L;
          written.model = "v9";
          written.confidence = 0.5;
          written.price = new BigDecimal("1.50");
          written.checked = true;
          written.takenOn = LocalDate.of(2024, 5, 1);
          written.createdAt = LocalDateTime.parse("2024-05-01T01:02:03.456789");
          written.seenAt = OffsetDateTime.parse("2024-05-01T01:02:03.456789Z");
          inTransaction(
              manager,
              () -> {
                manager.persist(written);
                manager.find(Prediction.class, 1L).model = "v7";
                manager.remove(manager.find(Prediction.class, 2L));
              });
          assertThat(manager.find(Prediction.class, 10L))
              .usingRecursiveComparison()
              .isEqualTo(written);
          assertThat(manager.find(Prediction.class, 1L).model).isEqualTo("v7");
          assertThat(manager.find(Prediction.class, 2L)).isNull();
        });
    assertThat(store.ids("active")).containsExactly(1L, 3L, 4L, 10L);
    assertThat(store.ids("only_deleted")).containsExactly(2L, 5L);
  }

  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void queriesPageAndChange(TestStore.Kind kind) throws SQLException {
    PredictionStore store = PredictionStore.create(kind);
    on(
        store,
        manager -> {
          assertThat(
                  manager
                      .createQuery(
                          "select p.id from Prediction p"
                              + " where p.confidence > :least and lower(p.model) like 'v%' order by p.id",
                          Long.class)
                      .setParameter("least", 0.25)
                      .setFirstResult(1)
                      .setMaxResults(2)
                      .getResultList())
              .containsExactly(2L, 3L);
          inTransaction(
              manager,
              () ->
                  assertThat(
                          manager
                              .createQuery("delete from Prediction p where p.confidence > 0.5")
                              .executeUpdate())
                      .isEqualTo(2));
        });
    assertThat(store.ids("active")).containsExactly(2L, 4L);
  }
}
