package io.stowage.control.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlRole;
import io.stowage.control.access.Callers;
import io.stowage.control.access.PollLimit;
import io.stowage.control.access.Token;
import io.stowage.control.queue.Sessions.Times;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SubmitRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may ask for which kind of run. */
@Tag("C51")
class KindAccessTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RunsResource runs = runs();

  private static RunsResource runs() {
    var resource = new RunsResource();
    resource.access =
        new Access(
            new ControlRole(
                true,
                Callers.with(
                    () ->
                        Token.ofRoles(
                            Map.of(
                                "submit",
                                List.of("of-submitters"),
                                "operate",
                                List.of("of-operators")))),
                new PollLimit(1),
                SECOND,
                new Times(SECOND, SECOND, SECOND),
                SECOND,
                SECOND));
    return resource;
  }

  private static HttpHeadersImpl bearing(String token) {
    return new HttpHeadersImpl(Map.of("Authorization", "Bearer " + token).entrySet());
  }

  private static SubmitRequest asking(String kind) {
    return SubmitRequest.of(List.of("a")).kind(kind).build();
  }

  @Test
  void aSubmitterMayNotRemove() {
    for (String kind : List.of("sweep", "wipe")) {
      assertThatThrownBy(() -> runs.submit(asking(kind), null, bearing("of-submitters")))
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
          .hasMessageContaining("operate");
    }
  }

  @Test
  void computingIsForSubmitters() {
    assertThat(RunKind.role(null)).isEqualTo("submit");
    assertThat(RunKind.role("asset")).isEqualTo("submit");
    assertThat(RunKind.role("nonsense")).as("refused for what it is").isEqualTo("submit");
    assertThat(runs.access.check(RunKind.role("wipe"), bearing("of-operators")))
        .isEqualTo("operate");
  }
}
