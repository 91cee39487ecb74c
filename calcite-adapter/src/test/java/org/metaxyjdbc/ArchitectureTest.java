package org.metaxyjdbc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.metaxyjdbc.error.MetaxyException;

/** The rules of the module that a compiler does not check. */
@AnalyzeClasses(packages = "org.metaxyjdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java/org/metaxyjdbc");

  /** Classes named after one store, such as {@code H2StoreDialect}, and what is inside them. */
  private static final Pattern OF_ONE_STORE = Pattern.compile("(H2|DuckDb|Postgresql)\\w+");

  private static final Pattern STRING_LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
  private static final Pattern PRODUCT = Pattern.compile("\\b(H2|DuckDB|PostgreSQL)\\b");

  @ArchTest
  static final ArchRule dependenciesRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("error")
          .definedBy("org.metaxyjdbc.error..")
          .layer("catalog")
          .definedBy("org.metaxyjdbc.catalog..")
          .layer("store")
          .definedBy("org.metaxyjdbc.store..")
          .layer("adapter")
          .definedBy("org.metaxyjdbc.adapter..")
          .layer("compute")
          .definedBy("org.metaxyjdbc.compute..")
          .whereLayer("catalog")
          .mayOnlyAccessLayers("error")
          .whereLayer("store")
          .mayOnlyAccessLayers("error", "catalog")
          .whereLayer("adapter")
          .mayOnlyAccessLayers("error", "catalog", "store")
          .whereLayer("compute")
          .mayOnlyAccessLayers("error", "store", "adapter")
          .whereLayer("error")
          .mayNotAccessAnyLayer()
          .because(
              "each package is understood without those after it: error, catalog, store, adapter, compute; move what two of them need to the earlier one");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("org.metaxyjdbc.(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages that need each other are one package");

  @ArchTest
  static final ArchRule connectionsAreLent =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(DriverManager.class)
          .because(
              "whose connection it is and when it closes is decided outside: take a ConnectionSource, or a DataSource");

  @ArchTest
  static final ArchRule storesDifferInTheirOwnClasses =
      noClasses()
          .that(are(describe("not named after a store", type -> !isOfOneStore(type))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.h2..", "org.duckdb..", "org.postgresql..", "org.apache.calcite.sql.dialect..")
          .because(
              "what differs from one store to the next is a method of StoreDialect, which the store's own subclass overrides");

  @ArchTest
  static final ArchRule theTimeOfAVersionIsDefinedOnce =
      noClasses()
          .that()
          .doNotHaveSimpleName("VersionOrder")
          .should()
          .accessField(SqlStdOperatorTable.class, "COALESCE")
          .because(
              "coalesce(metaxy_deleted_at, metaxy_updated_at) and the order of versions are said in VersionOrder and nowhere else; call it");

  @ArchTest
  static final ArchRule sqlExceptionsAreMadeInOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(MetaxyException.class)
          .should()
          .callConstructorWhere(targetOwner(assignableTo(SQLException.class)))
          .because(
              "every error has a SQLSTATE: throw a MetaxyException, whose toSqlException makes the rest");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager)")
          .because(
              "a class is named with a word of JDBC, Calcite or Metaxy for the one thing it is");

  @ArchTest
  static final ArchRule nullnessIsDeclared =
      classes()
          .should(
              com.tngtech.archunit.lang.conditions.ArchConditions.be(
                  describe(
                      "in a package with @NullMarked",
                      type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("null is allowed only where @Nullable says so; add a package-info.java");

  /** What the bytecode does not show: a product's name in a text. */
  @Test
  void noTextNamesAProductOutsideItsDialect() {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      if (!OF_ONE_STORE.matcher(source.getFileName().toString().replace(".java", "")).matches()) {
        Matcher literals = STRING_LITERAL.matcher(withoutComments(source));
        while (literals.find()) {
          if (PRODUCT.matcher(literals.group()).find()) {
            found.add(source.getFileName() + ": " + literals.group());
          }
        }
      }
    }
    assertThat(found)
        .as("text that names a product; ask StoreDialect.productName(), or add a method to it")
        .isEmpty();
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutComments(Path source) {
    try {
      return Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfOneStore(JavaClass type) {
    return OF_ONE_STORE
        .matcher(type.getName().substring(type.getPackageName().length() + 1).replace('$', '_'))
        .matches();
  }

  private static DescribedPredicate<JavaClass> are(DescribedPredicate<JavaClass> predicate) {
    return DescribedPredicate.<JavaClass>alwaysTrue().and(predicate).as(predicate.getDescription());
  }
}
