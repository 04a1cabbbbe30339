package io.stowage.control.page;

import java.util.List;

/**
 * A page of the documentation.
 *
 * @param contents all pages, in order
 */
public record DocsPage(Documentation.Page of, List<Documentation.Entry> contents) {
  /** The page before, or after; an empty list at an end, which a template can go through. */
  public List<Documentation.Entry> beside(int step) {
    int at = contents.indexOf(new Documentation.Entry(of.name(), of.title())) + step;
    return at < 0 || at >= contents.size() ? List.of() : List.of(contents.get(at));
  }

  /** Where a page is. */
  public String address(Documentation.Entry entry) {
    return entry.name().equals("index") ? "/docs" : "/docs/" + entry.name();
  }
}
