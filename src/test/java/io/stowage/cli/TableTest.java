package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private static final String RUN = "0199f0c2-7b1a-7c3e-9d52-3f6a1c0e8b11";

  private static Table table() {
    var table = new Table("RUN", "STATE", "MESSAGE", "ASSETS");
    table.row(RUN, "succeeded", "a message that is much longer than a line has room for", null);
    table.row(RUN, "dead", "short", "weather/monthly weather/observations weather/report");
    return table;
  }

  @Test
  void fitsTheTerminal() {
    assertThat(table().lines(80)).hasSize(3).allMatch(line -> line.length() <= 80);
    assertThat(table().lines(80).get(1)).startsWith(RUN + "  succeeded  a messa").contains("…");
  }

  @Test
  void neverCutsWhatARowIsNamedBy() {
    assertThat(table().lines(20)).element(1).asString().startsWith(RUN);
  }

  @Test
  void showsTheEndOfTheLastColumn() {
    assertThat(table().lines(80).get(2)).endsWith("…eather/report");
  }

  @Test
  void cutsNothingWhereThereIsRoom() {
    assertThat(table().lines(Integer.MAX_VALUE))
        .noneMatch(line -> line.contains("…"))
        .element(2)
        .asString()
        .endsWith(
            "short                                                   weather/monthly weather/observations weather/report");
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(new Table("RUN").lines(80)).containsExactly("RUN", "(none)");
  }
}
