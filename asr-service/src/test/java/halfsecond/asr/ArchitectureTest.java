// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("halfsecond.asr")
          .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("halfsecond.*.v1..")));

  @Test
  void onlyRpcKnowsGrpcAndTheContract() {
    noClasses()
        .that()
        .resideOutsideOfPackage("halfsecond.asr.rpc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "halfsecond.*.v1..")
        .check(SERVICE);
  }

  @Test
  void onlyVoskKnowsTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("halfsecond.asr.vosk..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..", "org.vosk..")
        .check(SERVICE);
  }

  @Test
  void recognitionKnowsNoEdgeAndNoModelFiles() {
    noClasses()
        .that()
        .resideInAPackage("halfsecond.asr.recognition..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "halfsecond.asr.rpc..",
            "halfsecond.asr.vosk..",
            "halfsecond.asr.serving..",
            "halfsecond.asr.model..",
            "halfsecond.common.rpc..",
            "io.opentelemetry..")
        .check(SERVICE);
  }

  @Test
  void servingKnowsNeitherEdge() {
    noClasses()
        .that()
        .resideInAPackage("halfsecond.asr.serving..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("halfsecond.asr.rpc..", "halfsecond.asr.vosk..", "io.opentelemetry..")
        .check(SERVICE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("halfsecond.asr.(*)..").should().beFreeOfCycles().check(SERVICE);
  }
}
