package io.stowage.control.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.metadata.MetadataValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShownMetadataTest {
  private static ShownMetadata shown(String label, MetadataValue value) {
    return ShownMetadata.of(label, value.toData());
  }

  @Test
  void numbersAreWrittenForPeople() {
    assertThat(shown("rows", new MetadataValue.Int(1_234_567)).text())
        .isEqualTo("1\u202f234\u202f567");
    assertThat(shown("bytes", new MetadataValue.Int(1536)).text()).isEqualTo("1.5 KiB");
    assertThat(shown("seconds", new MetadataValue.Float(0.0421)).text()).isEqualTo("42 ms");
    assertThat(shown("balance", new MetadataValue.Int(-1200)).text()).isEqualTo("−1\u202f200");
    assertThat(shown("mean", new MetadataValue.Float(0.25)).text()).isEqualTo("0.25");
  }

  @Test
  void onlyAddressesOfTheWebAreLinks() {
    assertThat(shown("doc", MetadataValue.url("https://example.com/x")).href())
        .isEqualTo("https://example.com/x");
    for (String url : List.of("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x")) {
      assertThat(shown("doc", MetadataValue.url(url)))
          .returns("", ShownMetadata::href)
          .returns("code", ShownMetadata::kind);
    }
  }

  @Test
  void assetsAndRunsLeadToTheirPages() {
    assertThat(shown("made", MetadataValue.asset("weather/top ten")).href())
        .isEqualTo("/assets/weather/top%20ten");
    assertThat(shown("made", MetadataValue.run("a/b")).href()).isEqualTo("/runs/a%2Fb");
  }

  @Test
  void markupOfCommonMarkIsShownAndHtmlInItIsText() {
    String html =
        Objects.requireNonNull(
                shown(
                        "notes",
                        MetadataValue.markdown(
                            "**bold** <b onclick=alert(1)>x</b> [go](javascript:alert(1))\n\n"
                                + "|a|b|\n"
                                + "|-|-|\n"
                                + "|1|2|"))
                    .markup())
            .toString();
    assertThat(html)
        .contains("<strong>bold</strong>", "<td>1</td>", "&lt;b onclick=alert(1)&gt;")
        .doesNotContain("<b ")
        .doesNotContain("javascript:");
  }

  @Test
  void tablesKeepTheirRowsAndNulls() {
    var table =
        shown(
            "sample",
            MetadataValue.table(
                List.of("city", "rain"),
                List.of(List.of("Basel", 1.5), java.util.Arrays.asList("Chur", null))));
    assertThat(table.columns()).containsExactly("city", "rain");
    assertThat(table.rows()).containsExactly(List.of("Basel", "1.5"), List.of("Chur", ""));
    assertThat(shown("schema", MetadataValue.tableSchema(Map.of("id", "long"))).rows())
        .containsExactly(List.of("id", "long"));
  }

  @Test
  void timesAreInUtc() {
    assertThat(
            shown("seen", MetadataValue.of("seen", Instant.parse("2026-01-02T03:04:05Z"))).text())
        .isEqualTo("2026-01-02 03:04 UTC");
  }

  @Test
  void whatManagersSayStandsFirst() {
    assertThat(
            ShownMetadata.of(
                Map.of(
                    "a", new MetadataValue.Int(1).toData(),
                    "bytes", new MetadataValue.Int(1).toData(),
                    "rows", new MetadataValue.Int(1).toData())))
        .extracting(ShownMetadata::label)
        .containsExactly("rows", "bytes", "a");
  }
}
