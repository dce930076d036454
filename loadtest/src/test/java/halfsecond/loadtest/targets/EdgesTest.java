// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the rest of the load test must not know: wires and native code. */
final class EdgesTest {
  private static final JavaClasses LOADTEST =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("halfsecond.loadtest");

  /** A benchmark knows what it measures. */
  @Test
  void onlyTargetsAndPeersKnowTheWire() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "halfsecond.loadtest.targets..",
            "halfsecond.loadtest.peer..",
            "halfsecond.loadtest.benchmark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "io.netty..", "halfsecond.*.v1..")
        .check(LOADTEST);
  }

  @Test
  void nativeCodeIsReachedThroughTheServicesOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..", "org.vosk..")
        .check(LOADTEST);
  }
}
