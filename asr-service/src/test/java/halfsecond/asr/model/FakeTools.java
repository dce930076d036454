// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Shell scripts in the place of the OpenFst programs, laid out as Debian does. */
final class FakeTools {
  private final Path prefix;

  FakeTools(Path prefix) throws IOException {
    this.prefix = prefix;
    Path plugins = Files.createDirectories(prefix.resolve("lib/some-triplet/fst/22"));
    Files.writeString(plugins.resolve("olabel_lookahead-fst.so"), "");
    Files.writeString(plugins.resolve("ngram-fst.so"), "");
    // Each writes what it did to what it read into its last argument.
    script(
        "fstsymbols", "echo 'a 1' > \"${1#--save_osymbols=}\"; sed 's/$/ bare/' \"$4\" > \"$5\"");
    script("fstarcsort", "sed 's/$/ sorted/' \"$2\" > \"$3\"");
    script("fstcompose", "cat \"$2\" \"$3\" > \"$4\"");
    script("fstrelabel", "cat \"${1#--relabel_ipairs=}\" \"$2\" > \"$3\"");
    script("fstconvert", "cat \"$2\" > \"$3\"; echo \"$LD_LIBRARY_PATH\" >> \"$3\"");
  }

  /** Replaces one of them. */
  FakeTools script(String name, String body) throws IOException {
    script(prefix.resolve("bin").resolve(name), body);
    return this;
  }

  /** Writes a program. */
  static void script(Path file, String... lines) throws IOException {
    Files.createDirectories(ModelPaths.parent(file));
    Files.writeString(file, "#!/bin/sh\nset -eu\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path plugins() {
    return prefix.resolve("lib/some-triplet/fst/22");
  }

  /** The scripts first, then what they are written with. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove("LD_LIBRARY_PATH");
    environment.put("PATH", prefix.resolve("bin").toString());
    return environment;
  }
}
