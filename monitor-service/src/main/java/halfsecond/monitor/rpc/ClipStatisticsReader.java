// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.record.ClipStatistics;

/** Reads what a clip sounds like. */
final class ClipStatisticsReader {
  private ClipStatisticsReader() {}

  static ClipStatistics read(halfsecond.monitor.v1.ClipStatistics proto) {
    return new ClipStatistics(
        proto.getSpeechRatio(),
        new ClipStatistics.Levels(
            proto.getMeanLevelDbfs(), proto.getPeakLevelDbfs(), proto.getClippingRatio()),
        Times.duration("clip.leading_silence", proto.getLeadingSilence()),
        Times.duration("clip.trailing_silence", proto.getTrailingSilence()),
        new ClipStatistics.Voice(
            proto.hasSignalToNoiseDb() ? proto.getSignalToNoiseDb() : null,
            proto.hasPitchHertz() ? proto.getPitchHertz() : null,
            proto.hasSpectralCentroidHertz() ? proto.getSpectralCentroidHertz() : null));
  }
}
