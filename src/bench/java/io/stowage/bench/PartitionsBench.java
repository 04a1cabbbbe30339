package io.stowage.bench;

import io.minio.GetObjectArgs;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.io.avro.AvroIoManagerFactory;
import io.stowage.io.avro.AvroSettings;
import io.stowage.testing.InputContexts;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.RecordedOutput;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import io.stowage.testing.Types;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many small partitions loaded as a map, beside as many gets of the plain client. */
final class PartitionsBench {
  private static final int PARALLELISM = 8;

  /** In fewer rounds the JIT compilers have not yet seen all of the longer path enough. */
  private static final int WARMING = 10;

  record Point(long id, double value) {}

  private PartitionsBench() {}

  static void run(int count) throws Exception {
    String[] keys = IntStream.range(0, count).mapToObj("p%05d"::formatted).toArray(String[]::new);
    var definition = PartitionsDefinition.ofStatic(keys);
    try (var server = S3Server.start();
        var store = server.store()) {
      var manager =
          new AvroIoManagerFactory()
              .create(
                  Settings.of(AvroSettings.class, Map.of("parallelism", "" + PARALLELISM)),
                  ResourceContexts.of("lake").with("default", store));
      var stored = new RecordedOutput[count];
      for (int i = 0; i < count; i++) {
        stored[i] =
            OutputContexts.of("bench/points", Types.listOf(Point.class))
                .partitions(definition)
                .partition(keys[i])
                .build();
        manager.handleOutput(stored[i], List.of(new Point(i, i * 0.5), new Point(i + 1, 1)));
      }
      var objects =
          List.of(stored).stream()
              .map(each -> each.object().orElseThrow().location())
              .map(PartitionsBench::name)
              .toList();
      var client = server.raw();
      var type = Types.mapOf(Types.listOf(Point.class));
      var rounds =
          new Rounds(WARMING, 5)
              .time(
                  "raw client, get",
                  () -> {
                    try (var threads = Executors.newFixedThreadPool(PARALLELISM)) {
                      List<Future<Integer>> all =
                          objects.stream()
                              .map(
                                  name ->
                                      threads.submit(
                                          () -> {
                                            try (var object =
                                                client.getObject(
                                                    GetObjectArgs.builder()
                                                        .bucket(S3Server.BUCKET)
                                                        .object(name)
                                                        .build())) {
                                              return object.readAllBytes().length;
                                            }
                                          }))
                              .toList();
                      for (Future<Integer> each : all) {
                        each.get();
                      }
                    }
                  })
              .time(
                  "Stowage, load a map",
                  () -> {
                    var loaded =
                        (Map<?, ?>)
                            Objects.requireNonNull(
                                manager.loadInput(
                                    InputContexts.of(stored).type(type).byPartition().build()));
                    if (loaded.size() != count) {
                      throw new IllegalStateException(loaded.size() + " instead of " + count);
                    }
                  })
              .run();
      System.out.printf(
          "%,d partitions, %d at a time: %.2f times the raw client's time%n",
          count,
          PARALLELISM,
          rounds.median("Stowage, load a map") / rounds.median("raw client, get"));
    }
  }

  private static String name(URI location) {
    return location.getPath().substring(1);
  }
}
