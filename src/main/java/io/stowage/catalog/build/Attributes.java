package io.stowage.catalog.build;

import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of an annotation, which may be absent, as plain values. */
record Attributes(@Nullable AnnotationInfo annotation) {
  String text(String member) {
    return text(member, "");
  }

  String text(String member, String otherwise) {
    return annotation != null && annotation.hasMember(member)
        ? annotation.member(member).asString()
        : otherwise;
  }

  /** The name of an enum constant. */
  String word(String member, String otherwise) {
    return annotation != null && annotation.hasMember(member)
        ? annotation.member(member).asEnumConstant()
        : otherwise;
  }

  /** The names of several; empty where the member is not given. */
  Optional<List<String>> words(String member) {
    return annotation == null || !annotation.hasMember(member)
        ? Optional.empty()
        : Optional.of(
            annotation.member(member).asArray().stream()
                .map(AnnotationMember::asEnumConstant)
                .toList());
  }

  /** The binary name of a class; empty where none is given. */
  String type(String member) {
    return annotation != null && annotation.hasMember(member)
        ? annotation.member(member).asType().asClass().declaration().name()
        : "";
  }

  int number(String member, int otherwise) {
    return annotation != null && annotation.hasMember(member)
        ? annotation.member(member).asInt()
        : otherwise;
  }

  boolean flag(String member) {
    return annotation != null
        && annotation.hasMember(member)
        && annotation.member(member).asBoolean();
  }

  List<String> texts(String member) {
    return annotation == null || !annotation.hasMember(member)
        ? List.of()
        : annotation.member(member).asArray().stream().map(AnnotationMember::asString).toList();
  }

  List<AnnotationInfo> nested(String member) {
    return annotation == null || !annotation.hasMember(member)
        ? List.of()
        : annotation.member(member).asArray().stream()
            .map(AnnotationMember::asNestedAnnotation)
            .toList();
  }

  /** All members by name: text, whole numbers, booleans, and lists of text. */
  Map<String, Object> all() {
    var values = new LinkedHashMap<String, Object>();
    if (annotation != null) {
      annotation.members().forEach((name, member) -> values.put(name, plain(member)));
    }
    return values;
  }

  private static Object plain(AnnotationMember member) {
    return switch (member.kind()) {
      case INT -> member.asInt();
      case LONG -> member.asLong();
      case BOOLEAN -> member.asBoolean();
      case ENUM -> member.asEnumConstant();
      case ARRAY -> member.asArray().stream().map(Attributes::plain).toList();
      default -> member.asString();
    };
  }
}
