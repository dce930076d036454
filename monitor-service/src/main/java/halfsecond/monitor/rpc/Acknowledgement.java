// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.v1.RefusedItem;
import java.util.ArrayList;
import java.util.List;

/** What became of the items that are about to be acknowledged. */
final class Acknowledgement {
  private final List<RefusedItem> refused = new ArrayList<>();
  private int accepted;
  private int duplicates;

  void accepted() {
    accepted++;
  }

  void duplicate() {
    duplicates++;
  }

  void refused(long sequence, int index, SpeechException why) {
    refused.add(refusal(sequence, index, why));
  }

  int acceptedCount() {
    return accepted;
  }

  int duplicateCount() {
    return duplicates;
  }

  List<RefusedItem> refusals() {
    return refused;
  }

  private static RefusedItem refusal(long sequence, int index, SpeechException why) {
    return RefusedItem.newBuilder()
        .setSequence(sequence)
        .setIndex(index)
        .setReason(EnumReader.reason(why.reason()))
        .setField(why.metadata().getOrDefault("field", ""))
        .setLimit(why.metadata().getOrDefault("limit", ""))
        .build();
  }
}
