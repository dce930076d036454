// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpora;
import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.corpus.WordEnds;
import halfsecond.loadtest.targets.LibvoskTarget;
import halfsecond.loadtest.targets.OpenTarget;
import halfsecond.loadtest.targets.Servers;
import halfsecond.loadtest.targets.TargetOptions;
import halfsecond.loadtest.targets.TargetRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** All targets and corpora that this module has. */
public final class Everything implements LoadtestContext.Inventory {
  @Override
  public List<String> targets() {
    return TargetRegistry.names();
  }

  @Override
  public OpenTarget open(String name, TargetOptions options, Servers servers)
      throws IOException, InterruptedException {
    return TargetRegistry.open(name, options, servers);
  }

  @Override
  public Corpus corpus(String word) throws IOException {
    return Corpora.open(word);
  }

  @Override
  public Corpus withWordEnds(Corpus corpus, Optional<String> model, Servers servers)
      throws IOException, InterruptedException {
    return new WordEnds(LibvoskTarget.find(servers.models(), model).directory()).addTo(corpus);
  }
}
