package io.stowage.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DynamicOutput;
import io.stowage.api.Job;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ops' outputs in tables: named by the output, the rows of each run beside those of others. */
class TableOpsIT extends TablesUnderTest {
  record Word(String word, int length) {}

  @Vetoed
  @Job("letters")
  static class Letters {
    record Parts(List<Word> head, List<Word> tail) {}

    @MultiOp
    Parts parts() {
      return new Parts(List.of(word("a")), List.of(word("bc"), word("d")));
    }

    @Op
    Stream<DynamicOutput<List<Word>>> each(List<Word> tail) {
      return tail.stream().map(word -> DynamicOutput.of(word.word(), List.of(word)));
    }

    @Op
    List<Word> doubled(List<Word> each) {
      return each.stream().map(word -> word(word.word() + word.word())).toList();
    }

    @Op
    List<Word> joined(Map<String, List<Word>> doubled, List<Word> head) {
      return List.of(word(head.getFirst().word() + String.join(",", doubled.keySet())));
    }

    private static Word word(String text) {
      return new Word(text, text.length());
    }
  }

  @BeforeEach
  void empty() {
    Warehouse.open("parts", "each", "doubled", "joined", "lines");
  }

  @Test
  @Tag("C57")
  @Tag("C59")
  void eachRunHasRowsOfItsOwnInTheTableOfTheOutput() {
    var job = Materialize.assets(Letters.class).manager("default", tables);
    var first = job.run().orThrow();
    var second = job.run().orThrow();
    for (var run : List.of(first, second)) {
      assertThat(run.rows("letters/joined", Word.class)).containsExactly(new Word("abc,d", 5));
      assertThat(
              warehouse.query(
                  "SELECT word FROM parts.tail WHERE stowage_run = '" + run.runId() + "'"))
          .containsExactlyInAnyOrder("bc", "d");
    }
    assertThat(warehouse.query("SELECT count(*) FROM parts.head")).containsExactly("2");
    assertThat(
            warehouse.query(
                "SELECT stowage_key || ' ' || word FROM doubled.result WHERE stowage_run = '"
                    + second.runId()
                    + "' ORDER BY 1"))
        .containsExactly("bc bcbc", "d dd");
  }

  @Vetoed
  @Job("monthly")
  @StaticPartitions({"2012-01", "2012-02"})
  static class Monthly {
    @Op
    List<Word> lines(io.stowage.api.AssetContext context) {
      return List.of(Letters.word(context.partition().text()));
    }
  }

  @Test
  @Tag("C61")
  void theOpsOfAPartitionedJobHaveAColumnOfTheirOwn() {
    var job = Materialize.assets(Monthly.class).manager("default", warehouse.manager(null));
    job.partition("2012-01").run().orThrow();
    var second = job.partition("2012-02").run().orThrow();
    assertThat(second.rows("monthly/lines", "2012-02", Word.class))
        .containsExactly(new Word("2012-02", 7));
    assertThat(warehouse.query("SELECT stowage_partition FROM lines.result ORDER BY 1"))
        .containsExactly("2012-01", "2012-02");
  }
}
