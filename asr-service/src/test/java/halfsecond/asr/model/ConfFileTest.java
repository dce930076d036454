// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfFileTest {
  @TempDir Path model;

  @Test
  void replacesAValueInPlaceAndAppendsANewOne() throws Exception {
    Files.writeString(model.resolve("x.conf"), "# kept\n--beam=10.0\n--beam-delta=0.5\n\n");

    ConfFile.read(model, "x.conf").set("beam", "13.0").set("dither", "0").write(model, "x.conf");

    assertThat(model.resolve("x.conf"))
        .hasContent("# kept\n--beam=13.0\n--beam-delta=0.5\n--dither=0");
  }

  @Test
  void readsWhatIsSet() throws Exception {
    Files.writeString(model.resolve("x.conf"), " --beam=10.0\n");

    assertThat(ConfFile.read(model, "x.conf").get("beam")).contains("10.0");
    assertThat(ConfFile.read(model, "x.conf").get("dither")).isEmpty();
  }

  @Test
  void saysWhichFileAModelLacks() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ConfFile.read(model, ConfFile.FEATURES))
        .withMessageContaining("conf/mfcc.conf");
  }
}
