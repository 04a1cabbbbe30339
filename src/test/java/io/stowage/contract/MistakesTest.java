package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.ErrorKind;
import io.stowage.api.Input;
import io.stowage.api.InputContext;
import io.stowage.api.Job;
import io.stowage.api.MultiAsset;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.OpOut;
import io.stowage.api.Output;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CronPartitions;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What cannot be is refused when the classes are read, as it is when a project is built: with a
 * sentence for each fault, which names the method.
 */
@Tag("C10")
class MistakesTest {
  record Order(String id, long amount) {}

  /** What each of its methods is refused for is in the expectations below. */
  @Vetoed
  @AssetGroup
  static class Parameters {
    @Asset
    List<Order> orders() {
      return List.of();
    }

    @Asset
    long total() {
      return 1;
    }

    record Parts(Optional<Long> some) {}

    @MultiAsset
    Parts parts() {
      return new Parts(Optional.empty());
    }

    @Asset
    long set(Set<Order> orders) {
      return 1;
    }

    @Asset
    long array(Order[] orders) {
      return 1;
    }

    @Asset
    long iterator(Iterator<Order> orders) {
      return 1;
    }

    @Asset
    long optional(Optional<List<Order>> orders) {
      return 1;
    }

    @Asset
    long concrete(ArrayList<Order> orders) {
      return 1;
    }

    @Asset
    long optionalNumber(Optional<Long> total) {
      return 1;
    }

    @Asset
    long numbers(Set<Long> total) {
      return 1;
    }

    @Asset
    long optionalOutput(Optional<Long> some) {
      return 1;
    }

    @Asset
    long byPartition(@Input("orders") Map<String, Set<Order>> sets) {
      return 1;
    }

    @Asset
    long byKey(@Input("orders") Map<PartitionKey, List<Order>> days) {
      return 1;
    }

    @Asset
    long outputContext(OutputContext context) {
      return 1;
    }

    @Asset
    long inputContext(long total, InputContext context) {
      return 1;
    }

    @Asset
    long wrapped(Output<List<Order>> orders) {
      return 1;
    }

    @Asset
    long logger(System.Logger log) {
      return 1;
    }
  }

  @Test
  @Tag("C31")
  void refusesParametersThatNothingIsLoadedAs() {
    told(
        Parameters.class,
        Map.ofEntries(
            Map.entry("set", "is a Set<Order>, as which a List<Order> is not loaded: take a List"),
            Map.entry("array", "is an Order[], as which a List<Order> is not loaded: take a List"),
            Map.entry("iterator", "is an Iterator<Order>, as which a List<Order> is not loaded"),
            Map.entry("optional", "is an Optional<List<Order>>, as which a List<Order> is not"),
            Map.entry("concrete", "is an ArrayList<Order>, as which a List<Order> is not loaded"),
            Map.entry(
                "optionalNumber",
                "is an Optional<Long>, as which a long is not loaded: take a long,"
                    + " annotated @Nullable"),
            Map.entry("numbers", "is a Set<Long>, as which a long is not loaded"),
            Map.entry(
                "optionalOutput",
                "is an Optional<Long>, as which a Long is not loaded: take a Long; where it"
                    + " was not emitted, what needs it is skipped"),
            Map.entry(
                "byPartition",
                "is a Map<String, Set<Order>>, as which a List<Order> is not loaded"),
            Map.entry(
                "byKey",
                "is a Map<PartitionKey, List<Order>>, but the partitions of a List<Order> are a map"
                    + " by the text of their keys: take a Map<String, List<Order>>"),
            Map.entry(
                "outputContext",
                "is of type OutputContext, which an IO manager is told: take an" + " AssetContext"),
            Map.entry(
                "inputContext",
                "is of type InputContext, which an IO manager is told: take an" + " AssetContext"),
            Map.entry(
                "wrapped",
                "is of type Output<List<Order>>, which a method returns: take the value"
                    + " itself"),
            Map.entry(
                "logger",
                "is of type Logger, which no asset is: take an AssetContext, and its log()")));
  }

  @Vetoed
  @AssetGroup
  static class Policies {
    @Asset(attempts = 0)
    long never() {
      return 1;
    }

    @Asset(attempts = 2, retryDelay = "-PT1S")
    long backwards() {
      return 1;
    }

    @Asset(attempts = 2, retryDelay = "2 s")
    long words() {
      return 1;
    }

    @Asset(
        attempts = 2,
        retryOn = {ErrorKind.TRANSIENT, ErrorKind.CALLER})
    long hopeless() {
      return 1;
    }

    @Asset(
        attempts = 2,
        retryOn = {})
    long nothing() {
      return 1;
    }

    @Asset(retryOn = ErrorKind.TRANSIENT)
    long once() {
      return 1;
    }

    @Asset(attempts = 2, retryDelay = "")
    long blank() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Partitions {
    @Asset
    @CronPartitions(value = "0 0 30 2 *", start = "2026-01-01")
    void neverFires() {}

    @Asset
    @CronPartitions(value = "0 25 * * *", start = "2026-01-01")
    void noHour() {}

    @Asset
    @CronPartitions(value = "0 0 * *", start = "2026-01-01")
    void fourFields() {}

    @Asset
    @CronPartitions(value = "0 6 * * *", start = "2026-01-01", format = "HH:mm")
    void cronWithoutDate() {}

    @Asset
    @DailyPartitions(start = "2026-01-02", end = "2026-01-01")
    void endsBefore() {}

    @Asset
    @DailyPartitions(start = "tomorrow")
    void startsWhen() {}

    @Asset
    @DailyPartitions(start = "2026-02-30")
    void noSuchDay() {}

    @Asset
    @DailyPartitions(start = "2026-01-01", zone = "Europe/Basle")
    void unknownZone() {}

    @Asset
    @DailyPartitions(start = "2026-01-01", format = "HH:mm")
    void withoutDate() {}

    @Asset
    @DailyPartitions(start = "2026-01-01", format = "jjjj-mm")
    void noPattern() {}

    @Asset
    @StaticPartitions({"a", "b", "a"})
    void twice() {}

    @Asset
    @StaticPartitions({})
    void none() {}

    @Asset
    @StaticPartitions({"a", ""})
    void empty() {}

    @Asset
    @StaticPartitions({"a", ".."})
    void upwards() {}

    @Asset
    @StaticPartitions({"a", "b\n"})
    void control() {}

    @Asset
    @StaticPartitions(value = "a", dimension = "city")
    @DynamicPartitions(name = "cities", dimension = "city")
    void dimensionTwice() {}

    @Asset
    @StaticPartitions(value = "a", dimension = "the city")
    void dimensionName() {}

    @Asset
    @DynamicPartitions(name = " ")
    void unnamed() {}
  }

  @Vetoed
  @AssetGroup
  static class Mappings {
    @Asset
    long whole() {
      return 1;
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    long daily() {
      return 1;
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    long last(@Input(value = "whole", mapping = Input.Mapping.LAST) long value) {
      return 1;
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    long windows(
        @Input(value = "whole", mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1)
            List<Long> value) {
      return 1;
    }

    @Asset
    long identity(@Input(value = "daily", mapping = Input.Mapping.IDENTITY) long value) {
      return 1;
    }

    @Asset
    long specific(
        @Input(value = "daily", mapping = Input.Mapping.SPECIFIC, partitions = "2025-01-01")
            long value) {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Keys {
    @Asset("a//b")
    long emptyComponent() {
      return 1;
    }

    @Asset("a/../b")
    long upwards() {
      return 1;
    }

    @Asset("a\tb")
    long control() {
      return 1;
    }

    @Asset("same")
    long first() {
      return 1;
    }

    @Asset("same")
    long second(AssetContext context) {
      return 1;
    }

    @Asset(tags = {"owner=a", "owner=b"})
    long tags() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Twofold {
    record Parts(@OpOut(ioManager = "lake") long one) {}

    @MultiAsset
    Parts parts() {
      return new Parts(1);
    }

    record Others(long two) {}

    @Asset
    @MultiAsset
    Others others() {
      return new Others(1);
    }
  }

  @Vetoed
  @Job("twofold")
  static class TwofoldJob {
    record Parts(@AssetOut(ioManager = "lake") long one) {}

    @MultiOp
    Parts parts() {
      return new Parts(1);
    }

    @Op
    @Asset
    long both() {
      return 1;
    }
  }

  @Test
  void refusesAnnotationsThatDoNotGoTogether() {
    told(
        Twofold.class,
        Map.of(
            "parts", "output 'one' of a multi-asset bears @OpOut: annotate it @AssetOut",
            "others", "it is annotated @Asset and @MultiAsset: leave one of them out"));
    told(
        TwofoldJob.class,
        Map.of(
            "parts", "output 'one' of an op bears @AssetOut: annotate it @OpOut",
            "both", "it is annotated @Asset and @Op: leave one of them out"));
  }

  private static List<String> sentences(Class<?> group) {
    var refused =
        catchThrowableOfType(StowageException.class, () -> Materialize.assets(group).run());
    assertThat(refused).as("refused: %s", group).isNotNull();
    return String.valueOf(refused.getMessage()).lines().toList();
  }

  private static void told(Class<?> group, Map<String, String> expected) {
    var sentences = sentences(group);
    expected.forEach(
        (method, words) ->
            assertThat(sentences)
                .as("%s in:%n%s", method, sentences.stream().collect(Collectors.joining("\n")))
                .anySatisfy(
                    sentence ->
                        assertThat(sentence).contains(group.getName() + "." + method, words)));
    assertThat(sentences).hasSameSizeAs(expected.keySet());
  }

  @Test
  @Tag("C37")
  void refusesPoliciesOutOfRange() {
    told(
        Policies.class,
        Map.of(
            "never", "attempts is 0, not 1 to 100",
            "backwards", "retryDelay is PT-1S, not zero to a day",
            "hopeless", "retryOn names CALLER, but such a failure is the same at each attempt",
            "nothing", "retryOn names no failure: leave attempts out instead",
            "once", "it says when there is another attempt, but has one alone: give attempts",
            "words", "'2 s' is no ISO-8601 duration such as PT30S",
            "blank", "'' is no ISO-8601 duration"));
  }

  @Test
  @Tag("C42")
  @Tag("C43")
  void refusesPartitionsThatCannotBe() {
    told(
        Partitions.class,
        Map.ofEntries(
            Map.entry("neverFires", "cron '0 0 30 2 *' never fires"),
            Map.entry("noHour", "cron '0 25 * * *' cannot be: '25' is no hour, which is 0 to 23"),
            Map.entry("fourFields", "has not the five fields of a crontab"),
            Map.entry("cronWithoutDate", "format 'HH:mm' cannot write and read the key"),
            Map.entry("endsBefore", "end before they start"),
            Map.entry("startsWhen", "start 'tomorrow' is no time"),
            Map.entry("noSuchDay", "start '2026-02-30' is no time"),
            Map.entry("unknownZone", "there is no time zone 'Europe/Basle'"),
            Map.entry("withoutDate", "format 'HH:mm' cannot write and read the key of a day"),
            Map.entry("noPattern", "format 'jjjj-mm' is no pattern"),
            Map.entry("twice", "have a key twice"),
            Map.entry("none", "have no keys: name one"),
            Map.entry("empty", "it is empty"),
            Map.entry("upwards", "it is a folder"),
            Map.entry("control", "it has a control character"),
            Map.entry("dimensionTwice", "two dimensions of partitions are named 'city'"),
            Map.entry("dimensionName", "a dimension cannot be named 'the city'"),
            Map.entry("unnamed", "dynamic partitions cannot be named ' '")));
  }

  @Test
  @Tag("C44")
  void refusesMappingsThatCannotBe() {
    told(
        Mappings.class,
        Map.of(
            "last", "maps partitions, but io.stowage.contract.MistakesTest$Mappings.whole has none",
            "windows", "maps partitions, but io.stowage.contract.MistakesTest$Mappings.whole has",
            "identity", "an asset without partitions cannot map them",
            "specific", "2025-01-01"));
  }

  @Test
  void refusesKeysThatCannotBe() {
    told(
        Keys.class,
        Map.of(
            "emptyComponent", "a//b",
            "upwards", "a/../b",
            "control", "control",
            "second", "'same' is given twice",
            "tags", "'owner=b' is given twice"));
  }
}
