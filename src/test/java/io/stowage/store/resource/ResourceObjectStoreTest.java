package io.stowage.store.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectKey;
import io.stowage.store.WriteOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ResourceObjectStoreTest {
  private static final ObjectKey WEATHER = ObjectKey.of("weather.csv");

  private final ResourceObjectStore store =
      new ResourceObjectStore("samples", () -> "/samples/weather/");

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StowageException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("'samples'");
  }

  @Test
  void readsTheSamplesInput() throws Exception {
    try (var reader = store.open(WEATHER);
        var lines = new BufferedReader(new InputStreamReader(reader.stream(), UTF_8))) {
      assertThat(reader.info().size()).isEqualTo(121_417);
      assertThat(lines.lines()).hasSize(2_923);
    }
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(store.info(WEATHER))
        .hasValueSatisfying(info -> assertThat(info.size()).isEqualTo(121_417));
    assertThat(store.info(ObjectKey.of("none.csv"))).isEmpty();
    assertRefused(ErrorCode.NOT_FOUND, () -> store.open(ObjectKey.of("none.csv")));
  }

  @Test
  void isReadOnly() {
    store.check();
    assertRefused(ErrorCode.ACCESS_DENIED, () -> store.create(WEATHER, WriteOptions.once()));
    assertRefused(ErrorCode.ACCESS_DENIED, () -> store.delete(WEATHER));
    assertRefused(ErrorCode.ACCESS_DENIED, () -> store.list(""));
  }

  @Test
  void tellsWhereAnObjectIs() {
    assertThat(store.location(WEATHER)).hasToString("resource:samples/weather/weather.csv");
    assertThat(store.keyOf(store.location(WEATHER))).isEqualTo(WEATHER);
  }
}
