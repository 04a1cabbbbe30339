package io.stowage.bench;

import java.util.Arrays;

/**
 * The main of a build with the profile {@code bench}, on a JVM or as a binary. Its first argument
 * is what is measured: {@code storage [rows]}, {@code partitions [count]}, {@code table [rows]},
 * {@code engine [steps]}, or {@code queue [runs]} of a control plane that runs.
 */
public final class Bench {
  private Bench() {}

  public static void main(String... arguments) throws Exception {
    String what = arguments.length == 0 ? "" : arguments[0];
    int[] numbers = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    switch (what) {
      case "storage" -> StorageBench.run(number(numbers, 1_000_000));
      case "partitions" -> PartitionsBench.run(number(numbers, 1_000));
      case "table" -> TableBench.run(number(numbers, 1_000_000));
      case "engine" -> EngineBench.run(number(numbers, 10_000));
      case "queue" -> QueueBench.run(number(numbers, 1_000));
      default -> {
        System.err.println(
            "usage: storage [rows] | partitions [count] | table [rows] | engine [steps] | queue [runs]");
        System.exit(2);
      }
    }
  }

  private static int number(int[] numbers, int usual) {
    return numbers.length == 0 ? usual : numbers[0];
  }
}
