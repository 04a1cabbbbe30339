package io.stowage.catalog.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetGroup;
import io.stowage.api.CheckResult;
import io.stowage.api.partition.Partitions;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.testing.model.ReflectedClass;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C10")
class StrayClassesTest {
  @Vetoed
  static class Forgotten {
    @Asset
    long orders() {
      return 1;
    }

    @AssetCheck(asset = "orders")
    CheckResult some(long orders) {
      return CheckResult.of(orders > 0);
    }

    @Partitions("towns")
    PartitionsDefinition towns() {
      return PartitionsDefinition.ofStatic("Basel");
    }

    long plain() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  abstract static class Above {
    @Asset
    long orders() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Below extends Above {}

  private static List<String> faults(List<Class<?>> found, Class<?>... read) {
    var strays = new StrayClasses();
    found.forEach(each -> strays.met(new ReflectedClass(each)));
    return strays.faults(Stream.of(read).<ClassInfo>map(ReflectedClass::new).toList());
  }

  @Test
  void namesEachStepOfAClassThatIsNeitherAGroupNorAJob() {
    String name = Forgotten.class.getName();
    assertThat(faults(List.of(Forgotten.class)))
        .containsExactlyInAnyOrder(
            name
                + ".orders is annotated as a step, but would never run: its class is neither a"
                + " group of assets nor a job: annotate the class @AssetGroup or @Job",
            name
                + ".some is annotated as a step, but would never run: its class is neither a"
                + " group of assets nor a job: annotate the class @AssetGroup or @Job",
            name
                + ".towns is annotated @Partitions, but would never be asked: its class is neither"
                + " a group of assets nor a job: annotate the class @AssetGroup or @Job");
  }

  @Test
  void aBeanThatIsNoGroupMayDefinePartitionsButHasNoSteps() {
    assertThat(faults(List.of(Forgotten.class), Forgotten.class))
        .hasSize(2)
        .allSatisfy(fault -> assertThat(fault).contains("would never run"));
  }

  @Test
  void anAbstractClassIsReadThroughAGroupBelowIt() {
    assertThat(faults(List.of(Above.class, Below.class), Below.class)).isEmpty();
    assertThat(faults(List.of(Above.class)))
        .singleElement()
        .asString()
        .contains(
            Above.class.getName() + ".orders",
            "its class is abstract, and none below it is annotated");
  }

  @Test
  void aGroupThatTheApplicationLeavesOutIsItsOwnBusiness() {
    assertThat(faults(List.of(Below.class))).isEmpty();
  }
}
