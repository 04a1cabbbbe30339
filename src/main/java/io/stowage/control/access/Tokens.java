package io.stowage.control.access;

import java.util.List;

/** The tokens that are let in at the moment. Asked at each request, from any thread. */
public interface Tokens {
  /** In no order; empty where everybody is let in. */
  List<Token> valid();

  /** Each of both; empty only where both are. */
  static Tokens both(Tokens one, Tokens other) {
    return () -> {
      List<Token> first = one.valid();
      List<Token> second = other.valid();
      if (first.isEmpty() || second.isEmpty()) {
        return first.isEmpty() ? second : first;
      }
      return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    };
  }
}
