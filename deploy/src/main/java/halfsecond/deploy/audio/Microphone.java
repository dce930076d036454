// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.audio;

import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * A microphone that Java Sound knows, recording 16 kHz 16-bit mono. Ends when its stream is closed.
 */
public final class Microphone implements AudioSource {

  private static final AudioFormat FORMAT = new AudioFormat(16_000, 16, 1, true, false);
  private static final DataLine.Info LINE = new DataLine.Info(TargetDataLine.class, FORMAT);

  private final Mixer.Info device;

  private Microphone(Mixer.Info device) {
    this.device = device;
  }

  /**
   * The microphones there are; the first is the system's choice. Empty on machines without sound.
   */
  public static List<Microphone> list() {
    return Arrays.stream(AudioSystem.getMixerInfo())
        .filter(info -> AudioSystem.getMixer(info).isLineSupported(LINE))
        .map(Microphone::new)
        .toList();
  }

  /** As the system calls it. */
  public String name() {
    return device.getName();
  }

  @Override
  public WireFormat format() {
    return WireFormat.LINEAR16_16K;
  }

  @Override
  public OptionalLong sizeBytes() {
    return OptionalLong.empty();
  }

  @Override
  public InputStream open(long fromByte) throws IOException {
    if (fromByte != 0) {
      throw new IllegalArgumentException("a microphone cannot be wound back");
    }
    try {
      TargetDataLine line = (TargetDataLine) AudioSystem.getMixer(device).getLine(LINE);
      line.open(FORMAT);
      line.start();
      return new AudioInputStream(line);
    } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
      throw new IOException("the microphone \"" + name() + "\" cannot be opened", e);
    }
  }
}
