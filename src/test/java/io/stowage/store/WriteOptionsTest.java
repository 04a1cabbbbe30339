package io.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WriteOptionsTest {
  @Test
  void getsAWriteIdUnlessItHasOne() {
    assertThat(WriteOptions.once().identified()).isNotEqualTo(WriteOptions.once().identified());
    assertThat(WriteOptions.once().with(WriteOptions.WRITE_ID, "w-1").identified().metadata())
        .containsEntry(WriteOptions.WRITE_ID, "w-1");
  }

  @Test
  void refusesMetadataThatNoHeaderCanBe() {
    assertThatThrownBy(() -> WriteOptions.once().with("Run_Id", "1"))
        .hasMessageContaining("'Run_Id'");
    assertThatThrownBy(() -> WriteOptions.once().with("run", "\ud800"))
        .hasMessageContaining("'run'");
    assertThatThrownBy(() -> WriteOptions.once().with("run", "x".repeat(2000)))
        .hasMessageContaining("takes 2003 bytes");
  }
}
