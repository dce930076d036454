// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import picocli.CommandLine.Command;

/** Groups what is done with models. */
@Command(
    name = "model",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Looks after the recognition models.",
      "A model has a name, versions and a content hash: en-small@2 is version 2 of en-small.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond model list",
      "  halfsecond model prepare",
      "  halfsecond model verify en-small@2"
    })
final class ModelCommand extends Group {}
