// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("halfsecond.vad")
          .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("halfsecond.*.v1..")));

  @Test
  void onlyRpcKnowsGrpcAndTheContract() {
    noClasses()
        .that()
        .resideOutsideOfPackage("halfsecond.vad.rpc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "halfsecond.*.v1..")
        .check(SERVICE);
  }

  @Test
  void onlyWebrtcKnowsJna() {
    noClasses()
        .that()
        .resideOutsideOfPackage("halfsecond.vad.webrtc..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(SERVICE);
  }

  @Test
  void whatUtterancesAreKnowsNeitherEdge() {
    noClasses()
        .that()
        .resideInAnyPackage("halfsecond.vad.endpoint..", "halfsecond.vad.signal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "halfsecond.vad.rpc..",
            "halfsecond.vad.webrtc..",
            "halfsecond.vad.telemetry..",
            "halfsecond.common.rpc..",
            "io.opentelemetry..")
        .check(SERVICE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("halfsecond.vad.(*)..").should().beFreeOfCycles().check(SERVICE);
  }
}
