package io.stowage.control.page;

import io.quarkus.qute.RawString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The documentation: Markdown that lies in the program, as pages. Made when it is first asked for,
 * and kept.
 */
public final class Documentation {
  private static final String FOLDER = "/docs/stowage/";
  private static final List<String> NAMES =
      List.of(
          "index",
          "first-asset",
          "assets",
          "io-managers",
          "partitions",
          "backfills",
          "runs",
          "testing",
          "deploying",
          "operating",
          "settings",
          "protocol",
          "security",
          "coming-from-dagster");
  private static final HtmlRenderer RENDERER =
      Markdown.renderer()
          .attributeProviderFactory(
              _ ->
                  (node, _, attributes) -> {
                    if (node instanceof Heading heading) {
                      attributes.put("id", anchor(text(heading)));
                    } else if (node instanceof Link) {
                      attributes.computeIfPresent("href", (_, to) -> address(to));
                    }
                  })
          .nodeRendererFactory(CodeBlocks::new)
          .build();

  /** A page by its name, or a part of one by its anchor. */
  public record Entry(String name, String title) {}

  /** A page. */
  public record Page(String name, String title, RawString html, List<Entry> parts) {}

  /** Not at start: most processes are never asked. */
  private static final class Made {
    static final Map<String, Page> PAGES = pages();
  }

  private Documentation() {}

  /** Of all pages, in the order in which they are read. */
  public static List<String> names() {
    return NAMES;
  }

  static Optional<Page> page(String name) {
    return Optional.ofNullable(Made.PAGES.get(name));
  }

  static List<Entry> contents() {
    return Made.PAGES.values().stream().map(page -> new Entry(page.name(), page.title())).toList();
  }

  /** What a heading is linked to by. */
  public static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private static Map<String, Page> pages() {
    var pages = new LinkedHashMap<String, Page>();
    NAMES.forEach(name -> pages.put(name, page(name, source(name))));
    return pages;
  }

  private static Page page(String name, String source) {
    Node read = Markdown.read(source);
    var headings = new ArrayList<Heading>();
    read.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            headings.add(heading);
          }
        });
    return new Page(
        name,
        text(headings.getFirst()),
        new RawString(RENDERER.render(read)),
        headings.stream()
            .filter(heading -> heading.getLevel() == 2)
            .map(heading -> new Entry(anchor(text(heading)), text(heading)))
            .toList());
  }

  private static String source(String name) {
    try (InputStream file = Documentation.class.getResourceAsStream(FOLDER + name + ".md")) {
      if (file == null) {
        throw new IllegalStateException("the documentation lacks its page '" + name + "'");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pages link to one another as files, which works where the files are read as they are. */
  private static String address(String to) {
    return to.startsWith("http") || to.startsWith("#")
        ? to
        : "/docs/" + to.replaceFirst("\\.md(?=#|$)", "");
  }

  private static String text(Node node) {
    var text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }
        });
    return text.toString();
  }
}
