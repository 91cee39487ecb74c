package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.TestStore;

/** Sequences that {@link RandomSequencesTest} once found to go wrong. */
class FoundSequencesTest {
  private static final Values A1 = new Values("a", 1, "x", 2, 1);
  private static final Values A2 = new Values("a", 2, "y", null, 1);
  private static final Values B1 = new Values("b", 1, null, 3, 1);

  private static final List<Operation> SOME_RECORDS =
      List.of(new Operations.Insert(List.of(A1, A2, B1), false));

  private static Condition where(Condition.Shape shape) {
    return new Condition(shape, "a", 1, "x", 1);
  }

  /** H2 does not infer the types of parameters in a UNION. */
  @ParameterizedTest
  @EnumSource
  void severalRowsOfParametersAreInserted(TestStore.Kind kind) throws SQLException {
    run(kind, new Operations.Insert(List.of(A1, A2, B1), true));
  }

  /** What is computed of no rows was a NULL without type. */
  @ParameterizedTest
  @EnumSource
  void aConditionThatContradictsTheSchemaRestoresNothing(TestStore.Kind kind) throws SQLException {
    run(kind, new Operations.SoftDelete(where(Condition.Shape.LIVE), true, true));
  }

  /** The row id was read from a sub-query that does not show it. */
  @ParameterizedTest
  @EnumSource
  void anIdCanBeLookedForInAnotherQuery(TestStore.Kind kind) throws SQLException {
    Condition condition = where(Condition.Shape.IN_QUERY);
    run(
        kind,
        new Operations.Update(Operations.Change.SCORE, condition, 1, true),
        new Operations.Redact(Operations.Change.LABEL, condition, true),
        new Operations.SoftDelete(condition, false, true));
    run(kind, new Operations.HardDelete(Schema.ACTIVE, condition, true));
    run(kind, new Operations.HardDelete(Schema.HISTORY, condition, false));
  }

  private static void run(TestStore.Kind kind, Operation... operations) throws SQLException {
    List<Operation> all = new java.util.ArrayList<>(SOME_RECORDS);
    all.addAll(List.of(operations));
    new Sequence(all).run(PropertyStore.of(kind));
  }

  @AfterAll
  static void close() throws SQLException {
    PropertyStore.closeAll();
  }
}
