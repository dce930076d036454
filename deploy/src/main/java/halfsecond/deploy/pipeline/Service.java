// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.asr.AsrMain;
import halfsecond.monitor.MonitorMain;
import halfsecond.router.RouterMain;
import halfsecond.vad.VadMain;

/** The services, in the order of starting: each needs only those before it. */
public enum Service {
  /** Takes utterance records. */
  MONITOR(MonitorMain.class),
  /** Finds utterances. */
  VAD(VadMain.class),
  /** Recognizes clips. */
  ASR(AsrMain.class),
  /** The door. */
  ROUTER(RouterMain.class);

  private final Class<?> main;

  Service(Class<?> main) {
    this.main = main;
  }

  /** The word that stands for it in package names, configuration and output. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Its main class, for a process of its own. */
  Class<?> main() {
    return main;
  }
}
