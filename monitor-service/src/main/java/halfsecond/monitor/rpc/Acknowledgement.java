// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.v1.RefusedItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What became of the items that are about to be acknowledged. */
final class Acknowledgement {
  private static final Comparator<RefusedItem> ORDER =
      Comparator.comparingLong(RefusedItem::getSequence).thenComparingInt(RefusedItem::getIndex);

  private final List<RefusedItem> refused = new ArrayList<>();
  private int accepted;
  private int duplicates;

  void accepted() {
    accepted++;
  }

  /** Returns this. */
  Acknowledgement counted(int newOnes, int knownOnes) {
    accepted += newOnes;
    duplicates += knownOnes;
    return this;
  }

  void add(Acknowledgement later) {
    accepted += later.accepted;
    duplicates += later.duplicates;
    refused.addAll(later.refused);
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

  /** In the order of the items. */
  List<RefusedItem> refusals() {
    return refused.stream().sorted(ORDER).toList();
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
