// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "halfsecond.monitor",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.HandWritten.class})
final class ArchitectureTest {
  private static final String RPC = "halfsecond.monitor.rpc..";

  @ArchTest
  static final ArchRule ONLY_RPC_SEES_PROTOS_AND_GRPC =
      noClasses()
          .that()
          .resideOutsideOfPackage(RPC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("halfsecond.*.v1..", "io.grpc..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule ONLY_WEB_SEES_HTTP =
      noClasses()
          .that()
          .resideOutsideOfPackage("halfsecond.monitor.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_SEES_RPC =
      noClasses()
          .that()
          .resideOutsideOfPackages("halfsecond.monitor", RPC)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RPC);

  @ArchTest
  static final ArchRule ONLY_SKETCH_SEES_THE_SKETCHES_OF_THE_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("halfsecond.monitor.sketch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.datasketches.req..", "org.apache.datasketches.quantilescommon..");

  @ArchTest
  static final ArchRule ONLY_STORE_SEES_A_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackage("halfsecond.monitor.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..");

  @ArchTest
  static final ArchRule RECORDS_DEPEND_ON_NOTHING_OF_OURS_BUT_ERRORS =
      classes()
          .that()
          .resideInAPackage("halfsecond.monitor.record..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "halfsecond.monitor.record..",
              "halfsecond.common.error..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("halfsecond.monitor.(*)..").should().beFreeOfCycles();

  /** Generated code lives below the same name. */
  static final class HandWritten implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/monitor/v1/");
    }
  }
}
