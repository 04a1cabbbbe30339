package io.stowage.control.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PollLimitTest {
  private final PollLimit limit = new PollLimit(2);

  @Test
  void refusesOneMoreThanThereArePlaces() {
    limit.enter("alice");
    limit.enter("alice");
    assertThatThrownBy(() -> limit.enter("alice"))
        .hasMessageContaining("'alice' has 2 claims waiting already")
        .asInstanceOf(InstanceOfAssertFactories.type(StowageException.class))
        .extracting(StowageException::code)
        .isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThatCode(() -> limit.enter("bob")).doesNotThrowAnyException();
  }

  @Test
  void aClaimThatWasAnsweredMakesRoom() {
    limit.enter("alice");
    limit.enter("alice").close();
    assertThatCode(() -> limit.enter("alice")).doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.enter("alice")).isInstanceOf(StowageException.class);
  }
}
