package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.InputDeclaration;
import io.stowage.catalog.OutputDeclaration;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("C40")
class SelectionTest {
  private static final DeclaredType LONG = DeclaredType.of("java.lang.Long");

  /** {@code a/one → a/two → b/three → b/four}. */
  private final AssetGraph graph =
      AssetGraph.of(
          List.of(
              asset("a/one"),
              asset("a/two", "a/one"),
              asset("b/three", "a/two"),
              asset("b/four", "b/three"),
              asset("a", "other/five"),
              asset("deep/er", "deep/er/six"),
              asset("deep", "deep/er")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/two|a/two",
        "a|a/one a/two",
        "a/*|a/one a/two",
        "*|a/one a/two b/four b/three deep/er deep/er/six other/five",
        "*b/three|a/one a/two b/three",
        "+b/three|a/two b/three",
        "++b/three|a/one a/two b/three",
        "a/two*|a/two b/four b/three",
        "a/two+|a/two b/three",
        "+a/two+|a/one a/two b/three",
        "*a/two*|a/one a/two b/four b/three",
        "tag:layer=b|b/four b/three",
        "tag:layer|a/one a/two b/four b/three deep/er deep/er/six other/five",
        "+tag:layer=b|a/two b/four b/three",
        "group:a|a/one a/two other/five",
        "group:b|b/four b/three",
        "group:b+|b/four b/three",
        "+group:b|a/two b/four b/three",
        "*group:b|a/one a/two b/four b/three",
        "group:deep|deep/er deep/er/six",
        "deep/er|deep/er",
        "deep/er/*|deep/er/six",
        "deep|deep/er deep/er/six",
        "group:deep/er|deep/er/six",
        "a/*+|a/one a/two b/three",
        "a/**|a/one a/two b/four b/three",
        "+b/*|a/two b/four b/three",
        "*b/*|a/one a/two b/four b/three",
        "+b/*+|a/two b/four b/three",
        "b/three++++|b/four b/three",
        "' a/one '|a/one"
      })
  void selects(String word, String keys) {
    assertThat(selected(word)).containsExactly(keys.split(" "));
  }

  @Test
  void addsUpWords() {
    assertThat(selected("a/one", "b/four", "a/one")).containsExactly("a/one", "b/four");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group:A|is 'group:a' meant?",
        "group:deep/err|is 'group:deep/er' meant?",
        "group:nobodys|there are [a, b, deep, deep/er]",
        "group:|there are [a, b, deep, deep/er]",
        "tag:layer=deeper|is 'tag:layer=deep/er' meant?",
        "tag:leyer=a|is 'tag:layer=a' meant?",
        "tag:owner=x|there are [layer=a, layer=b, layer=deep, layer=deep/er]",
        "b/thre|is 'b/three' meant?",
        "b/thre+|is 'b/three' meant?",
        "three|is 'b/three' meant?",
        "depe/er/*|is 'deep/er' meant?",
        "nothing/like/it|there are [a/one"
      })
  void saysWhatMayBeMeantOrWhatThereIs(String word, String hint) {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> selected(word))
        .withMessageStartingWith("'" + word + "'")
        .withMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource({"c/five", "tag:layer=z", "a/one/more", "tag:nothing"})
  void refusesAWordThatSelectsNothing(String word) {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> selected("a/one", word))
        .withMessageContaining("'" + word + "'")
        .extracting(StowageException::code)
        .isEqualTo(ErrorCode.UNKNOWN_ASSET);
  }

  @Test
  void namesWhatIsNear() {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> selected("b/one"))
        .withMessageContaining("'a/one'");
  }

  @ParameterizedTest
  @CsvSource({"''", "+", "**", "a//b", "../a"})
  void refusesAWordThatIsNoKey(String word) {
    assertThatExceptionOfType(StowageException.class).isThrownBy(() -> selected(word));
  }

  private List<String> selected(String... words) {
    return Selection.of(Arrays.asList(words), graph).stream().map(AssetKey::toString).toList();
  }

  /**
   * Of a group whose name its key begins with, and of what is upstream; or of any group and key.
   */
  private static AssetDeclaration asset(String first, String... more) {
    boolean own = first.startsWith("a/") || first.startsWith("b/");
    String key = own ? first : more[0];
    String group = own ? key.substring(0, key.indexOf('/')) : first;
    String[] upstream = own ? more : new String[0];
    var inputs =
        Arrays.stream(upstream)
            .map(
                up ->
                    new InputDeclaration(
                        0,
                        "input",
                        LONG,
                        Optional.of(AssetKey.of(up)),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        false,
                        false,
                        new PartitionMapping.Identity()))
            .toList();
    var output =
        new OutputDeclaration(
            "result", AssetKey.of(key), LONG, false, "default", "", Map.of(), Map.of());
    return new AssetDeclaration(
        key,
        "Assets." + key,
        group,
        "default",
        "",
        Map.of("layer", group),
        inputs.size(),
        Set.of(),
        inputs,
        List.of(output),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        1,
        Duration.ZERO,
        1,
        Optional.empty());
  }
}
