package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.engine.value.StoredAssets;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.StoredAnswer;
import io.stowage.protocol.StoredRequest;
import io.stowage.protocol.http.JsonClient;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the control plane over HTTP; without a session, by the token for reading. */
public final class HttpStoredAssets implements StoredAssets {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final JsonClient client;

  public HttpStoredAssets(JsonClient client) {
    this.client = client;
  }

  @Override
  public Stored find(Wanted wanted) {
    var request =
        new StoredRequest(
            wanted.asset().toString(),
            wanted.partitions().isEmpty() ? null : wanted.partitions(),
            wanted.at(),
            run(wanted.runId()));
    var answer = client.call("POST", "/v1/stored", request, StoredAnswer.class, TIMEOUT);
    return new Stored(
        Optional.ofNullable(answer.definition()).map(each -> declared(wanted.asset(), each)),
        answer.materializations().stream()
            .map(MaterializationView::readable)
            .map(LeaseLedger::materialization)
            .toList());
  }

  private static @Nullable UUID run(@Nullable String id) {
    try {
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.NOT_FOUND, "there is no run '" + id + "': an id is a UUID", e);
    }
  }

  private static Declared declared(AssetKey asset, StoredAnswer.Definition definition) {
    return new Declared(
        new UpstreamOutput(
            asset,
            definition.output(),
            definition.metadata(),
            definition.options(),
            Optional.of(definition.ioManager())),
        definition.stored(),
        Optional.ofNullable(definition.partitions()).map(PartitionsDefinition::fromData));
  }
}
