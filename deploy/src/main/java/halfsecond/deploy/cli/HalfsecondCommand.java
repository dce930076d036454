// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import picocli.CommandLine.Command;

/** The program itself. */
@Command(
    name = "halfsecond",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Streaming speech recognition that answers within half a second of the end of speech.",
      ""
    },
    footerHeading = "%nStart here:%n",
    footer = {
      "  halfsecond demo                   one clip through four real services, each millisecond shown",
      "  halfsecond transcribe talk.wav    what a recording says",
      "  halfsecond stream talk.wav        the same, live, with hypotheses and a timeline",
      "  halfsecond serve                  the four services, until Ctrl-C",
      "  halfsecond loadtest max-qps       how many utterances a second hold 500 ms",
      "",
      "Exit codes: 0 done, 64 wrong usage, 65 bad audio or refused for what it is, 66 no such file,",
      "69 service not available, 70 bug, 78 wrong configuration, 130 stopped by Ctrl-C.",
      "",
      "Models and logs are kept in $HALFSECOND_HOME (default: .halfsecond in a checkout, else",
      "~/.local/share/halfsecond). docs/operations.md has the rest."
    })
final class HalfsecondCommand extends Group {}
