package io.stowage.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A mapping's settings as a table of Markdown, with the words of its Javadoc. */
final class SettingsTable {
  private static final Map<Type, String> WORDS =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(boolean.class, "`true` or `false`"),
          Map.entry(int.class, "number"),
          Map.entry(long.class, "number"),
          Map.entry(Long.class, "number"),
          Map.entry(OptionalInt.class, "number"),
          Map.entry(OptionalDouble.class, "number"),
          Map.entry(char.class, "character"),
          Map.entry(Duration.class, "duration"),
          Map.entry(Path.class, "path"),
          Map.entry(URI.class, "address"),
          Map.entry(Charset.class, "character set"));

  private record Row(String name, String type, String standard, String meaning) {
    String text() {
      return "| `%s` | %s | %s | %s |".formatted(name, type, standard, meaning);
    }
  }

  private final Map<String, Map<String, String>> sources = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  private SettingsTable() {}

  static String of(String type, String prefix) {
    var table = new SettingsTable();
    try {
      table.add(Class.forName(type), prefix);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("there is no mapping " + type, e);
    }
    return table.rows.stream()
        .map(Row::text)
        .collect(
            Collectors.joining(
                "\n", "| setting | type | default | meaning |\n|---|---|---|---|\n", ""));
  }

  /** The mapping's own members, in the order of its source: what it extends has its own table. */
  private void add(Class<?> mapping, String prefix) {
    Map<String, String> told = told(mapping);
    var members = new ArrayList<>(List.of(mapping.getDeclaredMethods()));
    members.removeIf(member -> Modifier.isStatic(member.getModifiers()) || member.isSynthetic());
    var order = List.copyOf(told.keySet());
    members.sort((a, b) -> order.indexOf(a.getName()) - order.indexOf(b.getName()));
    for (Method member : members) {
      if (!member.isAnnotationPresent(WithParentName.class)) {
        add(member, prefix + "." + name(member), told.get(member.getName()));
      }
    }
  }

  private void add(Method member, String name, String meaning) {
    Type type = member.getGenericReturnType();
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      Type value = map.getActualTypeArguments()[1];
      String every = name + ".<name>";
      if (value instanceof Class<?> group && group.isInterface() && hasMembers(group)) {
        add(group, every);
      } else {
        boolean unnamed = member.isAnnotationPresent(WithUnnamedKey.class);
        row(member, unnamed ? name + "`, `" + every : every, value, "–", meaning);
      }
    } else if (type instanceof Class<?> group && group.isInterface() && !WORDS.containsKey(group)) {
      add(group, name);
    } else {
      row(member, name, type, standard(member), meaning);
    }
  }

  private static boolean hasMembers(Class<?> group) {
    return Arrays.stream(group.getDeclaredMethods())
        .anyMatch(member -> !member.isAnnotationPresent(WithParentName.class));
  }

  private void row(Method member, String name, Type type, String standard, String meaning) {
    if (meaning == null || meaning.isBlank()) {
      throw new AssertionError(member + " has no Javadoc, which its documentation is made of");
    }
    rows.add(new Row(name, word(type), standard, meaning.replace("|", "\\|")));
  }

  private static String standard(Method member) {
    var given = member.getAnnotation(WithDefault.class);
    Class<?> raw = member.getReturnType();
    boolean optional =
        List.of(Optional.class, OptionalInt.class, OptionalDouble.class).contains(raw);
    return given != null ? "`" + given.value() + "`" : optional ? "–" : "required";
  }

  private static String word(Type type) {
    if (type instanceof ParameterizedType made) {
      Type of = made.getActualTypeArguments()[0];
      return made.getRawType() == List.class ? "list" : word(of);
    }
    if (type instanceof Class<?> constants && constants.isEnum()) {
      return Arrays.stream(constants.getEnumConstants())
          .map(each -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
          .collect(Collectors.joining(", "));
    }
    return WORDS.getOrDefault(type, "text");
  }

  private static String name(Method member) {
    var named = member.getAnnotation(WithName.class);
    return named != null
        ? named.value()
        : member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** What the source says of each method, by its name, in order. */
  private Map<String, String> told(Class<?> mapping) {
    Class<?> top = mapping;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    Class<?> file = top;
    sources.computeIfAbsent(mapping.getSimpleName(), _ -> read(file, mapping.getSimpleName()));
    return sources.get(mapping.getSimpleName());
  }

  private static Map<String, String> read(Class<?> file, String type) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var source = Path.of("src/main/java", file.getName().replace('.', '/') + ".java");
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
      var told = new LinkedHashMap<String, String>();
      for (var unit : task.parse()) {
        new TreePathScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void unused) {
            var owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            if (owner.getSimpleName().contentEquals(type)) {
              var doc = DocTrees.instance(task).getDocCommentTree(getCurrentPath());
              told.put(method.getName().toString(), doc == null ? "" : sentence(doc.getFullBody()));
            }
            return super.visitMethod(method, unused);
          }
        }.scan(unit, null);
      }
      return told;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sentence(List<? extends DocTree> body) {
    return body.stream()
        .map(
            part ->
                switch (part) {
                  case TextTree text -> text.getBody();
                  case LiteralTree code -> "`" + code.getBody().getBody() + "`";
                  case LinkTree link ->
                      "`" + link.getReference().getSignature().replaceFirst("^.*#", "") + "`";
                  case StartElementTree _ -> " ";
                  default -> part.toString();
                })
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }
}
