package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("C43")
class PartitionsCommandIT {
  private final String definition = "towns of " + UUID.randomUUID();
  @TestHTTPResource String base;

  private record Ended(int code, String out, String err) {}

  private Ended partitions(String... arguments) {
    var all = new ArrayList<>(List.of("partitions", "--url", base));
    all.addAll(List.of(arguments));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void addsListsAndRemovesKeys() {
    assertThat(partitions(definition).out()).isEmpty();
    assertThat(partitions(definition, "add", "Sankt Gallen", "a/b|c", "Basel").out())
        .isEqualToIgnoringNewLines("Sankt Gallena/b|cBasel");
    assertThat(partitions(definition, "add", "Basel", "Chur").out().lines())
        .containsExactly("Sankt Gallen", "a/b|c", "Basel", "Chur");
    assertThat(partitions(definition, "remove", "a/b|c", "nobody").out().lines())
        .containsExactly("Sankt Gallen", "Basel", "Chur");
    assertThat(partitions(definition, "list", "--json").out()).contains("\"Sankt Gallen\"");
  }

  @Test
  void refusesWhatNoKeyCanBe() {
    var ended = partitions(definition, "add", "fine", "..");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("'..'").doesNotContain("\tat ");
    assertThat(partitions(definition).out()).isEmpty();
  }

  @Test
  void saysWhatItNeeds() {
    assertThat(partitions().code()).isEqualTo(2);
    assertThat(partitions(definition, "add").err()).contains("name the keys to add");
    assertThat(partitions(definition, "list", "Basel").err()).contains("'list' takes no keys");
    assertThat(partitions(definition, "ad", "Basel").code()).isEqualTo(2);
    assertThat(partitions("--asset", "no/such").code()).isEqualTo(1);
  }
}
