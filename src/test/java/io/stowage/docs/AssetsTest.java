package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.Backoff;
import io.stowage.api.CheckResult;
import io.stowage.api.DynamicOutput;
import io.stowage.api.ErrorKind;
import io.stowage.api.Input;
import io.stowage.api.Job;
import io.stowage.api.MultiAsset;
import io.stowage.api.Op;
import io.stowage.api.RetryRequested;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.schedule.CatchUp;
import io.stowage.api.schedule.Schedule;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssetsTest {
  private static final List<Payment> PAYMENTS =
      List.of(new Payment("Ann", 20), new Payment("Bob", -5));

  private static Materialize payments(List<Payment> payments) {
    return Materialize.assets(PaymentAssets.class)
        .input("bank/export", payments)
        .partition("2026-01-01");
  }

  @Test
  void aBlockingCheckKeepsDownstreamFromRunning() {
    var result = payments(PAYMENTS).select("*bank/sums").run();
    assertThat(result.outcomes("bank/sums")).containsEntry("2026-01-01", "skipped");
    assertThat(payments(List.of(new Payment("Ann", 20))).select("*bank/sums").run().succeeded())
        .isTrue();
  }

  @Test
  void severalOutputsAreStoredOneByOne() {
    var result = payments(List.of(new Payment("Ann", 20))).select("*bank/big", "*bank/count").run();
    assertThat(result.value("bank/count")).isEqualTo(1L);
    assertThat(result.outcomes("bank/parts")).containsEntry("2026-01-01", "succeeded");
    assertThat(result.values("bank/big")).isEmpty();
  }

  @Test
  void thePartitionBeforeIsAnInput() {
    var result =
        Materialize.assets(PaymentAssets.class)
            .input("bank/export", PAYMENTS)
            .select("bank/balance")
            .partition("2026-01-01", "2026-01-02")
            .run()
            .orThrow();
    assertThat(result.values("bank/balance"))
        .isEqualTo(Map.of("2026-01-01", 15L, "2026-01-02", 30L));
  }

  @Test
  void aJobsOpIsCalledForEachValue() {
    var result =
        Materialize.assets(PaymentAssets.class, Statements.class)
            .input("bank/payments", "2026-01-01", PAYMENTS)
            .job("statements")
            .run()
            .orThrow();
    assertThat(result.value("statements/sent")).isEqualTo(List.of("Ann: 20", "Bob: -5"));
  }

  @Test
  void triesAgainAfterWhatTheServiceAsksFor() {
    var rates = new RateAssets();
    assertThat(Materialize.assets(rates).run().orThrow().value("rates/euro")).isEqualTo(1.08);
    assertThat(rates.calls).isEqualTo(3);
  }
}

record Payment(String customer, long amount) {}

@Vetoed
@AssetGroup("bank")
class PaymentAssets {
  // docs: check
  @Asset
  @DailyPartitions(start = "2026-01-01")
  List<Payment> payments(@Input(value = "bank/export", manager = "files") List<Payment> export) {
    return export;
  }

  /** Nobody pays less than nothing. */
  @AssetCheck(asset = "bank/payments", blocking = true)
  CheckResult amountsArePositive(List<Payment> payments) {
    var wrong = payments.stream().filter(payment -> payment.amount() < 0).toList();
    return (wrong.isEmpty() ? CheckResult.pass() : CheckResult.fail(wrong.size() + " below zero"))
        .with("payments", payments.size());
  }

  // end

  @Asset
  @DailyPartitions(start = "2026-01-01")
  long sums(List<Payment> payments) {
    return payments.stream().mapToLong(Payment::amount).sum();
  }

  // docs: multi
  record Parts(Supplier<Long> count, @AssetOut(ioManager = "sheets") Optional<List<Payment>> big) {}

  /** How many there are, and those above a thousand on days that have any. */
  @MultiAsset
  @DailyPartitions(start = "2026-01-01")
  Parts parts(List<Payment> payments) {
    var big = payments.stream().filter(payment -> payment.amount() > 1000).toList();
    return new Parts(
        () -> (long) payments.size(), big.isEmpty() ? Optional.empty() : Optional.of(big));
  }

  // end

  // docs: before
  @Asset
  @DailyPartitions(start = "2026-01-01")
  long balance(
      @Input(value = "bank/export", manager = "files") List<Payment> export,
      @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
          @Nullable Long balance) {
    long today = export.stream().mapToLong(Payment::amount).sum();
    return balance == null ? today : balance + today;
  }
  // end
}

@Vetoed
// docs: job
@Job(ioManager = "scratch", description = "A statement for each customer")
class Statements {

  /** The payments of each customer, under the customer's name. */
  @Op
  Stream<DynamicOutput<List<Payment>>> customers(
      @Input(value = "bank/payments", mapping = Input.Mapping.ALL, allowMissingPartitions = true)
          List<Payment> payments) {
    return payments.stream()
        .map(Payment::customer)
        .distinct()
        .sorted()
        .map(
            name ->
                DynamicOutput.of(
                    name, payments.stream().filter(each -> each.customer().equals(name)).toList()));
  }

  /** Called once for each customer, side by side. */
  @Op
  String statement(@Input("customers") List<Payment> payments) {
    long sum = payments.stream().mapToLong(Payment::amount).sum();
    return payments.getFirst().customer() + ": " + sum;
  }

  /** Called once, with all of them. */
  @Op
  List<String> sent(List<String> statement) {
    return statement.stream().sorted().toList();
  }
}

// end

@Vetoed
// docs: schedule
@AssetGroup("rates")
class RateAssets {
  int calls;

  @Asset(
      attempts = 5,
      retryDelay = "PT2S",
      backoff = Backoff.LINEAR,
      retryOn = ErrorKind.TRANSIENT,
      schemaPolicy = SchemaPolicy.FULL)
  @Schedule(cron = "0 6 * * *", zone = "Europe/Zurich", catchUp = CatchUp.ALL)
  double euro() {
    if (++calls < 3) {
      throw new RetryRequested("the service is busy", Duration.ofMinutes(1));
    }
    return 1.08;
  }
}
// end
