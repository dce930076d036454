// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.router.backend.Fleet;
import halfsecond.router.backend.Replica;
import halfsecond.router.model.LoadedModel;
import halfsecond.router.model.ModelDirectory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The models of all replicas of recognition. */
public final class AsrModels implements ModelDirectory {
  private final Fleet<AsrLink> fleet;

  AsrModels(Fleet<AsrLink> fleet) {
    this.fleet = fleet;
  }

  @Override
  public List<LoadedModel> loaded() {
    return of(Replica::ready);
  }

  @Override
  public List<LoadedModel> missing() {
    Set<String> there = loaded().stream().map(LoadedModel::version).collect(Collectors.toSet());
    return of(replica -> !replica.ready()).stream()
        .filter(model -> !there.contains(model.version()))
        .toList();
  }

  private List<LoadedModel> of(Predicate<Replica> which) {
    return fleet.members().stream()
        .map(AsrLink::replica)
        .filter(which)
        .flatMap(replica -> replica.models().stream())
        .distinct()
        .toList();
  }

  @Override
  public boolean known() {
    return fleet.members().stream().anyMatch(AsrLink::known);
  }

  @Override
  public CompletionStage<Void> refresh() {
    return CompletableFuture.allOf(
        fleet.members().stream()
            .map(link -> link.refresh().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }
}
