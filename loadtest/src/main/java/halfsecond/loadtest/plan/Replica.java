// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.ArrayList;
import java.util.List;

/** A recognition process with its cores, the clips it holds and those that wait for a core. */
final class Replica {
  final int machine;
  final int cores;

  /** Clips with work, by urgency; the tag is the clip's turn, an older turn is void. */
  final TimeQueue<Clip> ready = new TimeQueue<>();

  final List<Clip> clips = new ArrayList<>();
  int busy;
  boolean alive = true;

  Replica(int machine, int cores) {
    this.machine = machine;
    this.cores = cores;
  }

  void add(Clip clip) {
    clip.replica = this;
    clip.place = clips.size();
    clips.add(clip);
  }

  void remove(Clip clip) {
    Clip last = clips.remove(clips.size() - 1);
    if (last != clip) {
      clips.set(clip.place, last);
      last.place = clip.place;
    }
    clip.replica = null;
  }
}
