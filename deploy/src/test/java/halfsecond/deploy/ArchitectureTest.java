// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "halfsecond", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesOfThisModuleHaveNoCycles =
      slices().matching("halfsecond.deploy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheWholeSuiteHaveNoCycles =
      slices().matching("halfsecond.(*).(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theClientIsAnApplicationLikeAnyOther =
      noClasses()
          .that()
          .resideInAPackage("halfsecond.deploy.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "halfsecond.vad..",
              "halfsecond.asr..",
              "halfsecond.router..",
              "halfsecond.monitor..");

  @ArchTest
  static final ArchRule onlyPipelinesStartServices =
      noClasses()
          .that()
          .resideInAPackage("halfsecond.deploy..")
          .and()
          .resideOutsideOfPackage("halfsecond.deploy.pipeline..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("halfsecond\\.(vad|asr|router|monitor)\\.[A-Z].*");

  @ArchTest
  static final ArchRule onlyCommandsReadCommandLines =
      noClasses()
          .that()
          .resideInAPackage("halfsecond.deploy..")
          .and()
          .resideOutsideOfPackage("halfsecond.deploy.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");
}
