// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.speech.v1.ClientContext;
import halfsecond.speech.v1.RecognitionConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What recognition is asked for. */
final class RecognitionOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME[@VERSION]",
      defaultValue = "",
      description = "Model, or one version of it, e.g. en-small@2. Default: the server's choice.")
  private String model = "";

  @Option(
      names = "--phrase",
      paramLabel = "TEXT",
      description = "Recognize only this phrase and others given the same way. May be repeated.")
  private List<String> phrases = new ArrayList<>();

  RecognitionConfig config(boolean words) {
    return RecognitionConfig.newBuilder()
        .setModel(model)
        .addAllPhrases(phrases)
        .setEnableWordTimeOffsets(words)
        .setContext(ClientContext.newBuilder().setDevice("halfsecond-cli"))
        .build();
  }
}
