package io.stowage.catalog.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetGroup;
import io.stowage.api.CheckResult;
import io.stowage.api.Job;
import io.stowage.api.MultiAsset;
import io.stowage.api.Op;
import io.stowage.api.partition.CronPartitions;
import io.stowage.api.schedule.CatchUp;
import io.stowage.api.schedule.Schedule;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.JobDeclaration;
import io.stowage.catalog.ScheduleDeclaration;
import io.stowage.testing.model.ReflectedClass;
import io.stowage.testing.model.ReflectedMethod;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What schedules say, and what is refused at build with the method's name. */
class ScheduleReaderTest {
  private record Two(long first, long second) {}

  @Vetoed
  @AssetGroup("shop")
  static class Shop {
    @Asset
    @Schedule(
        cron = "0 6 * * *",
        zone = "Europe/Zurich",
        catchUp = CatchUp.ALL,
        maxCatchUp = 7,
        upstream = true)
    long orders() {
      return 1;
    }

    @MultiAsset
    @Schedule(cron = "@daily")
    Two extremes() {
      return new Two(1, 2);
    }

    @Asset
    long other() {
      return 1;
    }
  }

  @Vetoed
  @Job
  @Schedule(cron = "*/5 * * * *", catchUp = CatchUp.NONE)
  static class Report {
    @Op
    long one() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Wrong {
    @Asset
    @Schedule(cron = "0 25 * * *")
    long hour() {
      return 1;
    }

    @Asset
    @Schedule(cron = "0 0 30 2 *")
    long never() {
      return 1;
    }

    @Asset
    @Schedule(cron = "daily")
    long word() {
      return 1;
    }

    @Asset
    @Schedule(cron = "@daily", zone = "Europe/Zuerich")
    long zone() {
      return 1;
    }

    @Asset
    @Schedule(cron = "@daily", catchUp = CatchUp.ALL, maxCatchUp = 0)
    long bound() {
      return 1;
    }

    @Asset
    @CronPartitions(value = "0 25 * * *", start = "2026-01-01")
    long windows() {
      return 1;
    }
  }

  @Vetoed
  @Job
  @Schedule(cron = "@daily", upstream = true)
  static class WrongJob {
    @Op
    long one() {
      return 1;
    }
  }

  @Vetoed
  @Job
  static class ScheduledOp {
    @Op
    @Schedule(cron = "@daily")
    long one() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class ScheduledCheck {
    @AssetCheck(asset = "a")
    @Schedule(cron = "@daily")
    CheckResult rows() {
      return CheckResult.pass();
    }
  }

  @Vetoed
  @AssetGroup
  @Schedule(cron = "@daily")
  static class ScheduledGroup {
    @Asset
    long one() {
      return 1;
    }
  }

  private static DeclarationReader read(Class<?> type) {
    return DeclarationReader.of(
        new ReflectedClass(type),
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .map(ReflectedMethod::new)
            .toList());
  }

  private static AssetDeclaration declaration(Class<?> type, String step) {
    return read(type).read().stream()
        .map(DeclarationReader.Read::declaration)
        .filter(each -> each.step().equals(step))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> faults(Class<?> type) {
    var reader = read(type);
    var faults = new ArrayList<>(reader.faults());
    faults.addAll(
        AssetGraph.faults(
            reader.read().stream().map(DeclarationReader.Read::declaration).toList()));
    return faults;
  }

  @Test
  void readsWhatAnAssetSays() {
    assertThat(declaration(Shop.class, "shop/orders").schedule())
        .contains(new ScheduleDeclaration("0 6 * * *", "Europe/Zurich", CatchUp.ALL, 7, true));
    assertThat(declaration(Shop.class, "shop/extremes").schedule())
        .contains(new ScheduleDeclaration("@daily", "", CatchUp.LAST, 100, false));
    assertThat(declaration(Shop.class, "shop/other").schedule()).isEmpty();
    assertThat(faults(Shop.class)).isEmpty();
  }

  @Test
  void readsWhatAJobSays() {
    assertThat(declaration(Report.class, "report/one").job().flatMap(JobDeclaration::schedule))
        .contains(new ScheduleDeclaration("*/5 * * * *", "", CatchUp.NONE, 100, false));
    assertThat(faults(Report.class)).isEmpty();
  }

  @Test
  void travelsWithTheCatalog() {
    for (var declaration :
        List.of(declaration(Shop.class, "shop/orders"), declaration(Report.class, "report/one"))) {
      assertThat(DeclarationData.read(DeclarationData.of(declaration))).isEqualTo(declaration);
    }
  }

  @Test
  void refusesWhatIsNoScheduleNamingTheMethod() {
    String owner = Wrong.class.getName();
    assertThat(faults(Wrong.class))
        .hasSize(6)
        .anySatisfy(
            fault -> assertThat(fault).startsWith(owner + ".hour: cron '0 25 * * *' cannot be"))
        .anySatisfy(
            fault -> assertThat(fault).startsWith(owner + ".never: cron '0 0 30 2 *' never fires"))
        .anySatisfy(
            fault ->
                assertThat(fault).startsWith(owner + ".word: cron 'daily' has not the five fields"))
        .contains(owner + ".zone: zone 'Europe/Zuerich' is no time zone such as Europe/Zurich")
        .contains(owner + ".bound: maxCatchUp is 0, not 1 to 1000 ticks")
        .anySatisfy(
            fault -> assertThat(fault).startsWith(owner + ".windows: cron '0 25 * * *' cannot be"));
  }

  @Test
  void refusesSchedulesOfWhatIsNotRunByItself() {
    assertThat(faults(WrongJob.class))
        .containsExactly(
            WrongJob.class.getName()
                + ": a job runs its ops, and no assets: leave upstream = true out of its schedule");
    assertThat(faults(ScheduledOp.class))
        .singleElement()
        .asString()
        .contains("ScheduledOp.one", "it is an op, which runs with its job");
    assertThat(read(ScheduledCheck.class).faults())
        .singleElement()
        .asString()
        .contains("ScheduledCheck.rows", "leave its schedule out");
    assertThatThrownBy(() -> read(ScheduledGroup.class))
        .hasMessageContaining("ScheduledGroup is a group of assets")
        .hasMessageContaining("put @Schedule on their methods");
  }
}
