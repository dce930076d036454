// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The shape of this service. */
final class ArchitectureTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("halfsecond.router")
          .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("halfsecond.*.v1..")));

  @Test
  void onlyRpcKnowsGrpcAndTheContract() {
    noClasses()
        .that()
        .resideOutsideOfPackage("halfsecond.router.rpc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "halfsecond.*.v1..")
        .check(SERVICE);
  }

  @Test
  void conceptsKnowNeitherTheEdgeNorTheRoot() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "halfsecond.router.admission",
            "halfsecond.router.audio",
            "halfsecond.router.backend",
            "halfsecond.router.measure",
            "halfsecond.router.model",
            "halfsecond.router.record",
            "halfsecond.router.redo",
            "halfsecond.router.replay",
            "halfsecond.router.session",
            "halfsecond.router.utterance")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "halfsecond.router", "halfsecond.router.rpc", "halfsecond.common.rpc", "com.typesafe..")
        .check(SERVICE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("halfsecond.router.(*)..").should().beFreeOfCycles().check(SERVICE);
  }
}
