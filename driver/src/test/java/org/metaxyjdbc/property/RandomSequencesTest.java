package org.metaxyjdbc.property;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.metaxyjdbc.testing.TestStore;

/**
 * Whatever statements run one after the other, and whatever others write in between: every store
 * counts, keeps and shows what the {@linkplain Model contract} says.
 *
 * <p>The number of sequences for each store is the system property {@code jqwik.tries.default}.
 */
class RandomSequencesTest {
  private static final int LONGEST = 12;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void h2DoesWhatTheContractSays(@ForAll("sequences") Sequence sequence) throws SQLException {
    run(TestStore.Kind.H2, sequence);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void duckDbDoesWhatTheContractSays(@ForAll("sequences") Sequence sequence) throws SQLException {
    run(TestStore.Kind.DUCKDB, sequence);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void postgresqlDoesWhatTheContractSays(@ForAll("sequences") Sequence sequence)
      throws SQLException {
    run(TestStore.Kind.POSTGRESQL, sequence);
  }

  private static void run(TestStore.Kind kind, Sequence sequence) throws SQLException {
    sequence.run(PropertyStore.of(kind));
  }

  @AfterContainer
  static void close() throws SQLException {
    PropertyStore.closeAll();
  }

  @Provide
  Arbitrary<Sequence> sequences() {
    // Definitions are rare: every statement is planned anew after one, which takes most of the
    // time.
    Arbitrary<Operation> operations =
        Arbitraries.frequencyOf(
            Tuple.of(200, statements()),
            Tuple.of(90, nativeRows()),
            Tuple.of(40, readings()),
            Tuple.of(30, transactions()),
            Tuple.of(30, settings()),
            Tuple.of(10, Arbitraries.of(Refusal.values())),
            Tuple.of(1, definitions()));
    return operations.list().ofMinSize(1).ofMaxSize(LONGEST).map(Sequence::new);
  }

  private static Arbitrary<Operation> definitions() {
    Arbitrary<Operation> pushes =
        Arbitraries.of(FeatureDefinition.values()).map(Definitions.Push::new);
    return Arbitraries.oneOf(
        pushes,
        Arbitraries.just(new Definitions.Recreate()),
        Arbitraries.just(new Definitions.AddColumn()));
  }

  private static Arbitrary<Operation> transactions() {
    Arbitrary<Operation> parts =
        Combinators.combine(
                inTransactions().list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(true, false))
            .as(Transactions.Part::new);
    return Combinators.combine(
            Arbitraries.frequencyOf(Tuple.of(9, inTransactions()), Tuple.of(2, parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4),
            Arbitraries.of(Transactions.Transaction.End.values()))
        .as(Transactions.Transaction::new);
  }

  private static Arbitrary<Operation> inTransactions() {
    return Arbitraries.frequencyOf(
        Tuple.of(16, statements()),
        Tuple.of(2, readings()),
        Tuple.of(2, settings()),
        Tuple.of(1, Arbitraries.of(Refusal.values())));
  }

  private static Arbitrary<Operation> readings() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return schemaAndCondition()
        .flatMap(
            tuple ->
                Combinators.combine(
                        Arbitraries.of(Reading.Past.values()),
                        Arbitraries.integers().between(0, 9),
                        either,
                        prepared())
                    .as(
                        (past, which, before, prepared) ->
                            new Reading(
                                tuple.get1(), tuple.get2(), past, which, before, prepared)));
  }

  private static Arbitrary<Operation> settings() {
    Arbitrary<String> views =
        Arbitraries.of(
                PropertyStore.CURRENT,
                PropertyStore.ALL,
                FeatureDefinition.FIRST.version(),
                FeatureDefinition.SECOND.version())
            .injectNull(0.2);
    Arbitrary<String> materializations = Arbitraries.of("m1", "m2").injectNull(0.2);
    Arbitrary<Setting.Way> ways = Arbitraries.of(Setting.Way.values());
    Arbitrary<Operation> looks =
        Combinators.combine(views, ways)
            .as((view, way) -> new Setting(Setting.Name.FEATURE_VERSION, view, way));
    Arbitrary<Operation> ids =
        Combinators.combine(materializations, ways)
            .as((id, way) -> new Setting(Setting.Name.MATERIALIZATION_ID, id, way));
    return Arbitraries.frequencyOf(Tuple.of(4, looks), Tuple.of(1, ids));
  }

  private static Arbitrary<Boolean> prepared() {
    return Arbitraries.of(true, true, true, true, true, false);
  }

  private static Arbitrary<Operation> statements() {
    Arbitrary<List<Values>> rows = values(false).list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Boolean> prepared = prepared();
    Arbitrary<Condition> conditions = conditions(false);
    Arbitrary<Operations.Change> changes = Arbitraries.of(Operations.Change.values());
    Arbitrary<Integer> ranks = Arbitraries.integers().between(0, 9);
    Arbitrary<Operation> inserts = Combinators.combine(rows, prepared).as(Operations.Insert::new);
    Arbitrary<Operation> batches = rows.map(Operations.InsertBatch::new);
    Arbitrary<Operation> changeBatches =
        Combinators.combine(rows, Arbitraries.of(true, false)).as(ChangeBatch::new);
    Arbitrary<Operation> merges = Combinators.combine(rows, prepared).as(Operations.Merge::new);
    Arbitrary<Operation> selects =
        schemaAndCondition()
            .flatMap(
                tuple ->
                    prepared.map(p -> new Operations.InsertSelect(tuple.get1(), tuple.get2(), p)));
    Arbitrary<Operation> updates =
        Combinators.combine(changes, conditions, ranks, prepared).as(Operations.Update::new);
    Arbitrary<Operation> redactions =
        Combinators.combine(changes, conditions(true), prepared).as(Operations.Redact::new);
    Arbitrary<Operation> softDeletes =
        Combinators.combine(conditions, Arbitraries.just(false), prepared)
            .as(Operations.SoftDelete::new);
    Arbitrary<Operation> restores =
        Combinators.combine(conditions, Arbitraries.just(true), prepared)
            .as(Operations.SoftDelete::new);
    Arbitrary<Operation> hardDeletes =
        schemaAndCondition()
            .flatMap(
                tuple ->
                    prepared.map(p -> new Operations.HardDelete(tuple.get1(), tuple.get2(), p)));
    return Arbitraries.frequencyOf(
        Tuple.of(4, inserts),
        Tuple.of(1, batches),
        Tuple.of(1, changeBatches),
        Tuple.of(1, merges),
        Tuple.of(1, selects),
        Tuple.of(3, updates),
        Tuple.of(1, redactions),
        Tuple.of(4, softDeletes),
        Tuple.of(2, restores),
        Tuple.of(3, hardDeletes));
  }

  private static Arbitrary<Tuple.Tuple2<Schema, Condition>> schemaAndCondition() {
    return Arbitraries.of(Schema.values())
        .flatMap(
            schema ->
                conditions(schema == Schema.HISTORY).map(condition -> Tuple.of(schema, condition)));
  }

  private static Arbitrary<Condition> conditions(boolean ofHistory) {
    List<Condition.Shape> shapes =
        Arrays.stream(Condition.Shape.values())
            .filter(shape -> ofHistory || !shape.isOfHistory())
            .toList();
    return Combinators.combine(Arbitraries.of(shapes), texts(), numbers(), labels(), scores())
        .as(Condition::new);
  }

  private static Arbitrary<Operation> nativeRows() {
    Arbitrary<NativeRow.Time> times = Arbitraries.of(NativeRow.Time.values());
    return Combinators.combine(
            values(true),
            times,
            times,
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(NativeRow.Time.NULL)), Tuple.of(1, times)),
            Arbitraries.of(FeatureDefinition.values()).injectNull(0.1))
        .as(NativeRow::new);
  }

  private static Arbitrary<Values> values(boolean nullIds) {
    return Combinators.combine(
            nullIds ? texts().injectNull(0.2) : texts(),
            nullIds ? numbers().injectNull(0.2) : numbers(),
            labels().injectNull(0.2),
            scores().injectNull(0.2),
            Arbitraries.integers().between(0, 9))
        .as(Values::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.of("a", "b'");
  }

  private static Arbitrary<Integer> numbers() {
    return Arbitraries.of(1, 2);
  }

  private static Arbitrary<String> labels() {
    return Arbitraries.of("x", "y");
  }

  private static Arbitrary<Integer> scores() {
    return Arbitraries.of(1, 2, 3);
  }
}
