package io.stowage.control.page;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of code with their words told apart by class: the page's style has the colours, and its
 * policy lets no other in. A name in a line may be broken after its dots, where a phone's width has
 * no room for it. The writer escapes all that it is given.
 */
final class CodeBlocks implements NodeRenderer {
  private static final Pattern JAVA =
      Pattern.compile(
          "(?<comment>//[^\n]*|/\\*.*?\\*/)|(?<text>\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])')"
              + "|(?<mark>@[A-Za-z]+)|(?<word>\\b(?:abstract|case|class|default|else|enum|extends|final"
              + "|for|if|implements|import|interface|new|null|package|private|protected|public|record"
              + "|return|static|switch|this|throw|throws|try|var|void|int|long|double|boolean)\\b)",
          Pattern.DOTALL);
  private static final Pattern LINES =
      Pattern.compile("(?<comment>(?:^|(?<=\\s))#[^\n]*)|(?<text>'[^'\n]*')", Pattern.MULTILINE);
  private static final Map<String, Pattern> LANGUAGES =
      Map.of("java", JAVA, "sh", LINES, "properties", LINES);

  private final HtmlWriter html;

  CodeBlocks(HtmlNodeRendererContext context) {
    html = context.getWriter();
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(FencedCodeBlock.class, Code.class);
  }

  @Override
  public void render(Node node) {
    if (node instanceof Code name) {
      inLine(name.getLiteral());
    } else if (node instanceof FencedCodeBlock block) {
      block(block);
    }
  }

  private void inLine(String name) {
    html.tag("code");
    for (String part : name.split("(?<=\\.)(?=\\w)")) {
      html.text(part);
      if (part.endsWith(".")) {
        html.tag("wbr");
      }
    }
    html.tag("/code");
  }

  private void block(FencedCodeBlock block) {
    String language = block.getInfo() == null ? "" : block.getInfo().split(" ", 2)[0];
    html.line();
    // scrolls sideways: reached by keyboard too
    html.tag("pre", Map.of("tabindex", "0"));
    html.tag("code");
    write(block.getLiteral(), LANGUAGES.get(language));
    html.tag("/code");
    html.tag("/pre");
    html.line();
  }

  private void write(String code, @Nullable Pattern words) {
    int from = 0;
    if (words != null) {
      Matcher found = words.matcher(code);
      while (found.find()) {
        html.text(code.substring(from, found.start()));
        html.tag("span", Map.of("class", "code-" + kind(found)));
        html.text(found.group());
        html.tag("/span");
        from = found.end();
      }
    }
    html.text(code.substring(from));
  }

  private static String kind(Matcher found) {
    return found.namedGroups().keySet().stream()
        .filter(name -> found.group(name) != null)
        .findFirst()
        .orElseThrow();
  }
}
