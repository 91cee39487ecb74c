package org.metaxyjdbc;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies run one way; see docs/architecture.md. */
@AnalyzeClasses(packages = "org.metaxyjdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("session")
          .definedBy("org.metaxyjdbc.session..")
          .layer("plan")
          .definedBy("org.metaxyjdbc.plan..")
          .layer("write")
          .definedBy("org.metaxyjdbc.write..")
          .layer("metadata")
          .definedBy("org.metaxyjdbc.metadata..")
          .layer("project")
          .definedBy("org.metaxyjdbc.project..")
          .layer("wire")
          .definedBy("org.metaxyjdbc.wire..")
          .layer("jdbc")
          .definedBy("org.metaxyjdbc.jdbc..")
          .layer("server")
          .definedBy("org.metaxyjdbc.server..")
          .layer("filter")
          .definedBy("org.metaxyjdbc.filter..")
          .layer("cli")
          .definedBy("org.metaxyjdbc.cli..")
          .whereLayer("session")
          .mayNotAccessAnyLayer()
          .whereLayer("plan")
          .mayOnlyAccessLayers("session")
          .whereLayer("project")
          .mayNotAccessAnyLayer()
          .whereLayer("write")
          .mayOnlyAccessLayers("session", "plan")
          .whereLayer("metadata")
          .mayOnlyAccessLayers("session", "plan")
          .whereLayer("jdbc")
          .mayOnlyAccessLayers("session", "plan", "write", "metadata", "project", "wire")
          .whereLayer("wire")
          .mayNotAccessAnyLayer()
          .whereLayer("server")
          .mayOnlyAccessLayers("session", "jdbc", "wire")
          .whereLayer("filter")
          .mayOnlyAccessLayers("plan")
          .because("what is below must not know what is above: move the class, or the method");

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices()
          .matching("org.metaxyjdbc.(*)..")
          .should()
          .beFreeOfCycles()
          .because("two packages that need each other are one");
}
