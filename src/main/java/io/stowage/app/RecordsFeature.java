package io.stowage.app;

import java.util.Set;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Runs in the image builder only: keeps the components and constructors of every reachable record
 * that is not a library's for reflection, so that authors annotate nothing. Records of assets are
 * rows of Avro; records of ours are JSON.
 */
public final class RecordsFeature implements Feature {
  /** Libraries whose records nobody stores; to keep theirs would only make the image larger. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "io.quarkus.",
          "io.vertx.",
          "io.smallrye.",
          "io.netty.",
          "org.hibernate.",
          "org.jboss.",
          "com.oracle.",
          "org.graalvm.",
          "io.micrometer.",
          "com.fasterxml.");

  @Override
  public void beforeAnalysis(BeforeAnalysisAccess access) {
    access.registerSubtypeReachabilityHandler((_, type) -> keep(type), Record.class);
  }

  private static void keep(Class<?> type) {
    if (!type.isRecord() || LIBRARIES.stream().anyMatch(type.getName()::startsWith)) {
      return;
    }
    RuntimeReflection.register(type);
    RuntimeReflection.registerAllRecordComponents(type);
    RuntimeReflection.register(type.getDeclaredConstructors());
    RuntimeReflection.register(type.getDeclaredMethods());
    RuntimeReflection.register(type.getDeclaredFields());
  }
}
