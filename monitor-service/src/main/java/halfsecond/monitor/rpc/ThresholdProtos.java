// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.v1.Pace;
import halfsecond.monitor.v1.Threshold;
import org.jspecify.annotations.Nullable;

/** Thresholds to and from the contract. */
final class ThresholdProtos {
  private ThresholdProtos() {}

  /**
   * What is to be set.
   *
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static Target target(Threshold proto) {
    Limits.check(!proto.getMetric().isEmpty(), "threshold.metric", "set");
    Limits.check(
        proto.getModelVersion().isEmpty(),
        "threshold.model_version",
        "unset: the metric is not judged by version");
    return new Target(
        proto.getMetric(), proto.hasCohort() ? SummaryReader.cohort(proto.getCohort()) : null);
  }

  /**
   * To what; null to remove what was set.
   *
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static @Nullable Setting setting(Threshold proto, boolean remove) {
    Limits.check(
        proto.getPace() == Pace.PACE_UNSPECIFIED,
        "threshold.pace",
        "unset: it is a setting of tenants in the configuration");
    Limits.check(
        proto.getEtag().isEmpty(), "threshold.etag", "unset: it is a field of the request");
    Setting setting =
        new Setting(
            proto.hasMinimumEffect() ? proto.getMinimumEffect() : null,
            proto.hasSignificance() ? proto.getSignificance() : null,
            proto.hasMinimumCount() ? proto.getMinimumCount() : null,
            proto.hasHold() ? Times.duration("threshold.hold", proto.getHold()) : null,
            proto.hasRelease() ? Times.duration("threshold.release", proto.getRelease()) : null,
            proto.getMuted(),
            proto.hasLowerLimit() ? proto.getLowerLimit() : null,
            proto.hasUpperLimit() ? proto.getUpperLimit() : null);
    if (remove) {
      Limits.check(
          setting.equals(Setting.NONE), "threshold", "only metric and cohort, when it is removed");
      return null;
    }
    Limits.check(
        !setting.equals(Setting.NONE),
        "threshold",
        "a field that is set, or `remove` to remove it");
    return setting;
  }

  static Threshold write(ThresholdInForce inForce, String etag) {
    Threshold.Builder proto =
        write(inForce.target())
            .setMinimumCount(inForce.minimumCount())
            .setHold(Times.duration(inForce.hold()))
            .setRelease(Times.duration(inForce.release()))
            .setMuted(inForce.muted())
            .setEtag(etag);
    // Tests that have neither are decided by something else.
    if (inForce.minimumEffect() > 0) {
      proto.setMinimumEffect(inForce.minimumEffect());
    }
    if (inForce.significance() > 0) {
      proto.setSignificance(inForce.significance());
    }
    limits(inForce.lowerLimit(), inForce.upperLimit(), proto);
    return proto.build();
  }

  static halfsecond.monitor.v1.ThresholdChange write(ThresholdChange change) {
    halfsecond.monitor.v1.ThresholdChange.Builder proto =
        halfsecond.monitor.v1.ThresholdChange.newBuilder()
            .setThreshold(write(change.target(), change.after()))
            .setChangeTime(Times.timestamp(change.at()))
            .setActor(change.actor())
            .setComment(change.comment());
    if (change.before() != null) {
      proto.setPrevious(write(change.target(), change.before()));
    }
    return proto.build();
  }

  private static Threshold write(Target target, @Nullable Setting setting) {
    Threshold.Builder proto = write(target);
    if (setting != null) {
      if (setting.minimumEffect() != null) {
        proto.setMinimumEffect(setting.minimumEffect());
      }
      if (setting.significance() != null) {
        proto.setSignificance(setting.significance());
      }
      if (setting.minimumCount() != null) {
        proto.setMinimumCount(setting.minimumCount());
      }
      if (setting.hold() != null) {
        proto.setHold(Times.duration(setting.hold()));
      }
      if (setting.release() != null) {
        proto.setRelease(Times.duration(setting.release()));
      }
      proto.setMuted(setting.muted());
      limits(setting.lowerLimit(), setting.upperLimit(), proto);
    }
    return proto.build();
  }

  private static void limits(
      @Nullable Double lower, @Nullable Double upper, Threshold.Builder proto) {
    if (lower != null) {
      proto.setLowerLimit(lower);
    }
    if (upper != null) {
      proto.setUpperLimit(upper);
    }
  }

  private static Threshold.Builder write(Target target) {
    Threshold.Builder proto = Threshold.newBuilder().setMetric(target.metric());
    if (target.cohort() != null) {
      proto.setCohort(QueryWriter.cohort(target.cohort()));
    }
    return proto;
  }
}
