package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetKey;
import io.stowage.catalog.DeclaredType;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeclaredTypesTest {
  private static Type resolve(String text) {
    return DeclaredTypes.resolve(
        DeclaredType.parse(text),
        name -> {
          assertThat(name).isEqualTo("io.stowage.api.AssetKey");
          return AssetKey.class;
        });
  }

  static Map<String, List<AssetKey>> sample(Stream<AssetKey> given) {
    return Map.of("all", given.toList());
  }

  @Test
  void findsPlainTypes() {
    assertThat(resolve("long")).isEqualTo(long.class);
    assertThat(resolve("void")).isEqualTo(void.class);
    assertThat(resolve("java.lang.String")).isEqualTo(String.class);
    assertThat(resolve("java.io.InputStream")).isEqualTo(InputStream.class);
    assertThat(resolve("byte[]")).isEqualTo(byte[].class);
    assertThat(resolve("io.stowage.api.AssetKey")).isEqualTo(AssetKey.class);
    assertThat(resolve("io.stowage.api.AssetKey[]")).isEqualTo(AssetKey[].class);
  }

  @Test
  void makesParameterizedTypesThatEqualTheJdks() throws Exception {
    var method = DeclaredTypesTest.class.getDeclaredMethod("sample", Stream.class);
    Type map = resolve("java.util.Map<java.lang.String,java.util.List<io.stowage.api.AssetKey>>");
    assertThat(map)
        .isEqualTo(method.getGenericReturnType())
        .hasSameHashCodeAs(method.getGenericReturnType());
    assertThat(method.getGenericReturnType()).isEqualTo(map);
    assertThat(map).hasToString(method.getGenericReturnType().toString());
    assertThat(resolve("java.util.stream.Stream<io.stowage.api.AssetKey>"))
        .isEqualTo(method.getGenericParameterTypes()[0]);
  }
}
