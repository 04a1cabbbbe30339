package io.stowage.app;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets a list that a run overrides stand in place of the configured one: by itself the
 * configuration would put the elements of both together.
 */
final class WholeLists implements ConfigSourceInterceptor {
  private static final long serialVersionUID = 1;

  private final Set<String> overridden;
  private final Set<String> lists;

  /**
   * @param overridden names of properties
   */
  WholeLists(Set<String> overridden) {
    this.overridden = new TreeSet<>(overridden);
    this.lists = overridden.stream().map(WholeLists::list).collect(Collectors.toSet());
  }

  private static String list(String name) {
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  private boolean gaveWay(String name) {
    return !overridden.contains(name) && lists.contains(list(name));
  }

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    return gaveWay(name) ? null : context.proceed(name);
  }

  @Override
  public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
    Iterable<String> names = context::iterateNames;
    return StreamSupport.stream(names.spliterator(), false)
        .filter(name -> !gaveWay(name))
        .iterator();
  }
}
