package io.stowage.control.page;

import io.quarkus.qute.RawString;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * CommonMark with tables as HTML: the one place where markup comes from what is shown. HTML in it
 * is escaped, links lead to the web and to mail alone, and no image is loaded from elsewhere, which
 * the page's policy holds too.
 */
final class Markdown {
  private static final List<TablesExtension> TABLES =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER = renderer().build();

  private Markdown() {}

  static RawString html(String text) {
    return new RawString(RENDERER.render(read(text)));
  }

  static Node read(String text) {
    return PARSER.parse(text);
  }

  /** To be made more of. */
  static HtmlRenderer.Builder renderer() {
    return HtmlRenderer.builder().extensions(TABLES).escapeHtml(true).sanitizeUrls(true);
  }
}
