// SPDX-License-Identifier: Apache-2.0
package halfsecond.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "halfsecond.common",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheEdgesKnowGrpc =
      noClasses()
          .that()
          .resideOutsideOfPackages("halfsecond.common.rpc", "halfsecond.common.telemetry")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.rpc..", "io.netty..");

  @ArchTest
  static final ArchRule onlyRpcKnowsTheContract =
      noClasses()
          .that()
          .resideOutsideOfPackage("halfsecond.common.rpc")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("halfsecond.*.v1..");

  @ArchTest
  static final ArchRule onlyTelemetryKnowsOpenTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage("halfsecond.common.telemetry")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("halfsecond.common.(*)..").should().beFreeOfCycles();
}
