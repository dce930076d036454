// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A process that takes a catalogue's lock, starts to install something, and never finishes. */
final class CatalogueHolder {
  private CatalogueHolder() {}

  public static void main(String[] arguments) throws Exception {
    ModelCatalogue catalogue = ModelCatalogue.open(Path.of(arguments[0]));
    try (CatalogueLock lock =
        CatalogueLock.acquire(catalogue, (step, percent) -> System.out.println("waiting"))) {
      System.out.println("acquired");
      ModelInstaller.Staging staging =
          new ModelInstaller(catalogue, InstantSource.system()).stage();
      Files.writeString(staging.model().resolve("half"), "half");
      System.out.println("staged");
      new CountDownLatch(1).await();
    }
  }
}
