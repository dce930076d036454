// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.query.ReferenceMaker;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.reference.Rolling;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.CreateReferenceResponse;
import halfsecond.monitor.v1.DeleteReferenceRequest;
import halfsecond.monitor.v1.DeleteReferenceResponse;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.ListReferencesResponse;
import halfsecond.monitor.v1.RollingWindow;
import halfsecond.monitor.window.Who;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods about references. */
final class ReferenceCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceCalls.class);

  private final ReferenceMaker maker;
  private final MetricCatalogue catalogue;
  private final References references;
  private final InstantSource clock;

  ReferenceCalls(
      MetricCatalogue catalogue, Histories histories, References references, InstantSource clock) {
    this.maker = new ReferenceMaker(catalogue, histories);
    this.catalogue = catalogue;
    this.references = references;
    this.clock = clock;
  }

  CreateReferenceResponse create(CreateReferenceRequest request) {
    Limits.check(request.hasReference(), "reference", "set");
    Instant now = clock.instant();
    StoredReference stored = maker.store(read(request, now), now);
    references.add(stored);
    return CreateReferenceResponse.newBuilder().setReference(write(stored.reference())).build();
  }

  ListReferencesResponse list(ListReferencesRequest request) {
    ListReferencesResponse.Builder response = ListReferencesResponse.newBuilder();
    references
        .list(request.getMetric().isEmpty() ? null : request.getMetric())
        .forEach(reference -> response.addReferences(write(reference)));
    return response.build();
  }

  DeleteReferenceResponse delete(DeleteReferenceRequest request) {
    Limits.check(!request.getReferenceId().isEmpty(), "reference_id", "set");
    Reference.Made by = new Reference.Made(clock.instant(), request.getActor(), "");
    references.delete(request.getReferenceId());
    LOG.atInfo()
        .addKeyValue("reference_id", request.getReferenceId())
        .addKeyValue("actor", by.by())
        .log("reference deleted");
    return DeleteReferenceResponse.getDefaultInstance();
  }

  private Reference read(CreateReferenceRequest request, Instant now) {
    halfsecond.monitor.v1.Reference proto = request.getReference();
    Who who =
        QueryReader.who(proto.getModelVersion(), proto.hasCohort() ? proto.getCohort() : null);
    String metric = proto.getMetric().isEmpty() ? null : catalogue.find(proto.getMetric()).name();
    return new Reference(
        "r-" + UUID.randomUUID(),
        proto.getDisplayName(),
        window(proto),
        who,
        metric,
        new Reference.Made(now, request.getActor(), request.getComment()));
  }

  private static Reference.Window window(halfsecond.monitor.v1.Reference proto) {
    return switch (proto.getWindowCase()) {
      case PINNED -> new Reference.Pinned(Times.span(proto.getPinned()));
      case ROLLING -> new Reference.Moving(rolling(proto.getRolling()));
      case WINDOW_NOT_SET -> throw SpeechException.fieldInvalid("reference.window", "set");
    };
  }

  private static Rolling rolling(RollingWindow proto) {
    return switch (proto) {
      case ROLLING_WINDOW_HOUR_YESTERDAY -> Rolling.HOUR_YESTERDAY;
      case ROLLING_WINDOW_HOUR_LAST_WEEK -> Rolling.HOUR_LAST_WEEK;
      case ROLLING_WINDOW_LAST_WEEK -> Rolling.LAST_WEEK;
      case ROLLING_WINDOW_UNSPECIFIED, UNRECOGNIZED ->
          throw SpeechException.fieldInvalid("reference.rolling", "one of the values of its type");
    };
  }

  private static halfsecond.monitor.v1.Reference write(Reference reference) {
    halfsecond.monitor.v1.Reference.Builder proto =
        halfsecond.monitor.v1.Reference.newBuilder()
            .setReferenceId(reference.id())
            .setDisplayName(reference.displayName())
            .setCreateTime(Times.timestamp(reference.made().at()))
            .setCreator(reference.made().by())
            .setComment(reference.made().comment());
    if (reference.window() instanceof Reference.Pinned pinned) {
      proto.setPinned(Times.range(pinned.range()));
    } else if (reference.window() instanceof Reference.Moving moving) {
      proto.setRolling(RollingWindow.valueOf("ROLLING_WINDOW_" + moving.rolling().name()));
    }
    if (reference.metric() != null) {
      proto.setMetric(reference.metric());
    }
    if (reference.who().modelVersion() != null) {
      proto.setModelVersion(reference.who().modelVersion());
    }
    if (reference.who().cohort() != null) {
      proto.setCohort(QueryWriter.cohort(reference.who().cohort()));
    }
    return proto.build();
  }
}
