package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
  @Test
  void isDoneWhileItsAskerGoesOn() {
    var asked = new CountDownLatch(1);
    var result =
        Meanwhile.begin(
            () -> {
              asked.countDown();
              return Thread.currentThread().isVirtual();
            });
    assertThat(result.result()).isTrue();
    assertThat(asked.getCount()).isZero();
  }

  @Test
  void throwsWhatItsWorkThrew() {
    var failed = new StowageException(ErrorCode.UNAVAILABLE, "the database is away");
    var result =
        Meanwhile.begin(
            () -> {
              throw failed;
            });
    assertThatThrownBy(result::result).isSameAs(failed);
  }
}
