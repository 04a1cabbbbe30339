package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.StaticPartitionsDefinition;
import io.stowage.engine.StepOutcome;
import io.stowage.fixture.Contexts;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.Workbench;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables of a real PostgreSQL. */
class TableIoManagerIT {
  private static final Type ROWS = generic(List.class, Row.class);
  private static final Type STREAM = generic(Stream.class, Row.class);

  private static EmbeddedPostgres postgres;
  private static PostgresDatabase database;
  private TableIoManager tables;

  record Row(long id, String name) {}

  record Wider(long id, String name, Optional<String> more) {}

  record Required(long id, String name, int more) {}

  record Other(long id, long name) {}

  record OnlyName(String name) {}

  record Renamed(long id, @Alias("name") String title) {}

  record Daily(LocalDate day, long id) {}

  record Nested(long id, List<String> tags) {}

  record Narrow(short id, String name) {}

  record Reserved(long select, String from, int camelCase) {}

  enum Colour {
    RED,
    GREEN
  }

  record AllTypes(
      boolean flag,
      byte tiny,
      short small,
      int whole,
      long large,
      float single,
      double twice,
      char letter,
      String text,
      BigDecimal exact,
      BigInteger huge,
      Instant at,
      LocalDateTime local,
      LocalDate day,
      LocalTime time,
      UUID id,
      Colour colour,
      URI link,
      Duration took) {}

  record Nullables(
      @Nullable Integer whole,
      Optional<Long> large,
      @Nullable String text,
      Optional<BigDecimal> exact,
      Optional<Instant> at,
      Optional<Colour> colour,
      Optional<UUID> id) {}

  record Bytes(byte[] bytes) {}

  record Settings(
      String store, Optional<String> schema, Optional<String> partitionColumn, int fetchSize)
      implements TableSettings {}

  record Connected(String url, Optional<String> username, Optional<String> password)
      implements PostgresSettings {}

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    database =
        PostgresDatabase.of(
            "warehouse",
            new Connected(
                "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                Optional.of("postgres"),
                Optional.of("postgres")));
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("DROP SCHEMA IF EXISTS shop CASCADE");
    tables = manager("part");
  }

  private static TableIoManager manager(@Nullable String partitionColumn) {
    return new TableIoManager(
        database,
        new Settings("warehouse", Optional.empty(), Optional.ofNullable(partitionColumn), 2));
  }

  private static void execute(String sql) throws SQLException {
    try (var held = database.connect();
        var statement = held.connection().createStatement()) {
      statement.execute(sql);
      held.connection().commit();
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (var held = database.connect();
        var statement = held.connection().createStatement();
        var found = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    }
  }

  private RecordedOutput store(Object rows) {
    return store(output("shop/orders", ROWS), rows);
  }

  private RecordedOutput store(String partition, Object rows) {
    return store(output("shop/orders", ROWS, partition), rows);
  }

  private RecordedOutput store(RecordedOutput context, Object rows) {
    tables.handleOutput(context, rows);
    return context;
  }

  @SuppressWarnings("unchecked")
  private <T> T load(RecordedInput context) {
    return (T) tables.loadInput(context);
  }

  private static List<Row> rows(long from, long to) {
    return LongStream.range(from, to).mapToObj(id -> new Row(id, "name " + id)).toList();
  }

  @Test
  @Tag("C57")
  void namesTableAndSchemaByTheKeyAndQuotesThem() throws SQLException {
    String odd = "order \"by\"; drop table x --?";
    var stored = store(output("a/shop/" + odd, ROWS), rows(0, 2));
    assertThat(query("SELECT count(*) FROM shop.\"order \"\"by\"\"; drop table x --?\""))
        .containsExactly("2");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
    assertThat(stored.added().get("table")).hasToString("Text[value=shop." + odd + "]");
  }

  @Test
  @Tag("C51")
  void readsThePastOnlyWhereItIsThereStill() {
    var first = store("a", rows(0, 1));
    var other = store("b", rows(1, 2));
    var last = store(output("shop/orders", ROWS, "a").ofRun("later"), rows(0, 2));

    assertThat(this.<List<Row>>load(input(ROWS, last, other).past())).hasSize(3);
    assertThatThrownBy(() -> load(input(ROWS, first, other).past()))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll(
            "cannot load 'shop/orders' partition 'a' as run",
            "was overwritten by run later",
            "a table keeps no history");
    assertThat(this.<List<Row>>load(input(ROWS, first))).as("of now").hasSize(2);
  }

  @Test
  @Tag("C57")
  void takesTheSchemaOfTheSettingBeforeTheKeys() throws SQLException {
    var set =
        new TableIoManager(
            database, new Settings("warehouse", Optional.of("shop"), Optional.empty(), 100));
    set.handleOutput(output("elsewhere/select", ROWS), rows(0, 1));
    assertThat(query("SELECT count(*) FROM shop.\"select\"")).containsExactly("1");
  }

  @Test
  @Tag("C57")
  void takesTheSchemaOfTheMetadataBeforeAnyInStoreAndLoad() throws SQLException {
    var bench = new Workbench();
    bench.managers().put("tables", tables);
    bench
        .asset("elsewhere/orders")
        .returning(List.class, Row.class)
        .storedBy("tables")
        .metadata(Map.of("schema", "shop"))
        .computed(_ -> rows(0, 3));
    bench
        .asset("elsewhere/count")
        .input(
            "orders",
            Declarations.type(List.class, Row.class),
            given -> given.of("elsewhere/orders"))
        .computed(arguments -> (long) ((List<?>) arguments[0]).size());
    assertThat(bench.run("elsewhere/orders", "elsewhere/count").succeeded()).isTrue();
    assertThat(query("SELECT count(*) FROM shop.orders")).containsExactly("3");
  }

  @Test
  @Tag("C57")
  void refusesANameThatTheDatabaseWouldCutOff() {
    assertThatThrownBy(() -> store(output("shop/" + "é".repeat(40), ROWS), rows(0, 1)))
        .hasMessageContaining("longer than PostgreSQL's 63 bytes");
  }

  @Test
  @Tag("C58")
  void makesColumnsOfTheRecordsTypesAndReadsEachValueBack() throws SQLException {
    var first =
        new AllTypes(
            true,
            (byte) -1,
            Short.MIN_VALUE,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            1.5f,
            Double.NaN,
            'é',
            "quoted ' \" \\ \t\n 🌧",
            new BigDecimal("-12345678901234567890.00100"),
            new BigInteger("123456789012345678901234567890"),
            Instant.parse("1969-12-31T23:59:59.123456Z"),
            LocalDateTime.parse("2012-03-01T12:00:00.000001"),
            LocalDate.parse("0001-01-01"),
            LocalTime.parse("23:59:59.999999"),
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
            Colour.GREEN,
            URI.create("http://localhost/a?b=c"),
            Duration.ofMillis(-1500));
    Type type = generic(List.class, AllTypes.class);
    var stored = store(output("shop/types", type), List.of(first));
    assertThat(this.<List<AllTypes>>load(input(type, stored))).containsExactly(first);
    assertThat(
            query(
                "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 'shop.types'::regclass AND attnum > 0 AND attnotnull ORDER BY attnum"))
        .containsExactly(
            "flag boolean",
            "tiny smallint",
            "small smallint",
            "whole integer",
            "large bigint",
            "single real",
            "twice double precision",
            "letter text",
            "text text",
            "exact numeric",
            "huge numeric",
            "at timestamp with time zone",
            "local timestamp without time zone",
            "day date",
            "time time without time zone",
            "id uuid",
            "colour text",
            "link text",
            "took text");
  }

  @Test
  @Tag("C58")
  void keepsNullsAndBytes() {
    Type type = generic(List.class, Nullables.class);
    var none =
        new Nullables(
            null,
            Optional.empty(),
            null,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var some =
        new Nullables(
            0,
            Optional.of(0L),
            "",
            Optional.of(BigDecimal.ZERO),
            Optional.of(Instant.EPOCH),
            Optional.of(Colour.RED),
            Optional.of(new UUID(0, 0)));
    var stored = store(output("shop/nullables", type), List.of(none, some));
    assertThat(this.<List<Nullables>>load(input(type, stored))).containsExactly(none, some);
    Type bytes = generic(List.class, Bytes.class);
    var blobs = store(output("shop/blobs", bytes), List.of(new Bytes(new byte[] {0, -1, 7})));
    assertThat(this.<List<Bytes>>load(input(bytes, blobs)).getFirst().bytes())
        .containsExactly(0, -1, 7);
  }

  @Test
  @Tag("C58")
  void quotesColumnsThatAreReservedWords() {
    Type type = generic(List.class, Reserved.class);
    var stored = store(output("shop/user", type), List.of(new Reserved(1, "x", 2)));
    assertThat(this.<List<Reserved>>load(input(type, stored)))
        .containsExactly(new Reserved(1, "x", 2));
  }

  @Test
  @Tag("C58")
  void addsANewColumnThatMayBeNull() {
    store("a", rows(0, 2));
    Type wider = generic(List.class, Wider.class);
    var b = store(output("shop/orders", wider, "b"), List.of(new Wider(9, "n", Optional.of("m"))));
    var a = output("shop/orders", wider, "a");
    assertThat(this.<List<Wider>>load(input(wider, a, b)))
        .extracting(Wider::more)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of("m"));
  }

  @Test
  @Tag("C58")
  void refusesAnotherTypeOfAColumnAndANewOneThatCannotBeNull() {
    var stored = store(rows(0, 2));
    assertThatThrownBy(
            () ->
                store(
                    output("shop/orders", generic(List.class, Other.class)),
                    List.of(new Other(1, 2))))
        .hasMessageContaining("'name' of type text")
        .hasMessageContaining("bigint");
    assertThatThrownBy(
            () -> store(output("shop/orders", generic(List.class, Required.class)), List.of()))
        .hasMessageContaining("no column 'more'")
        .hasMessageContaining("integer NOT NULL");
    assertThatThrownBy(
            () -> store(output("shop/orders", generic(List.class, OnlyName.class)), List.of()))
        .hasMessageContaining("'id' of type bigint, which cannot be null");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
  }

  @Test
  @Tag("C58")
  void refusesWhatIsNoSingleValue() {
    Type nested = generic(List.class, Nested.class);
    assertThat(TableIoManager.takes(nested)).isFalse();
    assertThat(TableIoManager.takes(generic(Map.class, String.class, ROWS))).isTrue();
    assertThat(TableIoManager.takes(String.class)).isFalse();
    assertThatThrownBy(() -> store(output("shop/nested", nested), List.of()))
        .hasMessageContaining("component 'tags' of record 'Nested'");
  }

  @Test
  @Tag("C58")
  void refusesAValueNamingRecordAndColumnAndKeepsWhatWasThere() {
    var stored = store(rows(0, 2));
    assertThatThrownBy(() -> store(List.of(new Row(1, "a"), new Row(2, null))))
        .hasMessageContaining("record 2")
        .hasMessageContaining("column 'name'");
    assertThatThrownBy(() -> store(List.of(new Row(1, "a\0b")))).hasMessageContaining("code 0");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
  }

  @Test
  @Tag("C59")
  void replacesTheWholeTableOrThePartitionAlone() throws SQLException {
    store(rows(0, 5));
    var whole = store(rows(0, 2));
    assertThat(this.<List<Row>>load(input(ROWS, whole))).isEqualTo(rows(0, 2));
    execute("DROP TABLE shop.orders");
    var a = store("a", rows(0, 3));
    var b = store("b", rows(3, 5));
    store("a", rows(0, 1));
    store("a", rows(0, 1));
    assertThat(this.<List<Row>>load(input(ROWS, a))).isEqualTo(rows(0, 1));
    assertThat(this.<List<Row>>load(input(ROWS, b))).isEqualTo(rows(3, 5));
    assertThat(a.added()).containsKeys("rows", "seconds", "table", "schema", "uri");
    assertThat(a.object().rows()).isEqualTo(3);
    assertThat(a.object().location().toString()).endsWith("/postgres/shop/orders");
    assertThat(a.object().schemaFingerprint()).hasSize(64);
  }

  @Test
  @Tag("C59")
  void keysCannotReachOtherRows() {
    var evil = store("x' OR '1'='1", rows(0, 1));
    var good = store("good", rows(1, 2));
    store("x' OR '1'='1", rows(5, 6));
    assertThat(this.<List<Row>>load(input(ROWS, good))).isEqualTo(rows(1, 2));
    assertThat(this.<List<Row>>load(input(ROWS, evil))).isEqualTo(rows(5, 6));
  }

  @Test
  @Tag("C59")
  void refusesAnOlderFenceOfTheSliceOnly() {
    var newer = store(output("shop/orders", ROWS, "a").fenced(7), rows(0, 2));
    assertThatThrownBy(() -> store(output("shop/orders", ROWS, "a").fenced(6), rows(5, 9)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUPERSEDED));
    store(output("shop/orders", ROWS, "b").fenced(6), rows(5, 9));
    store(output("shop/orders", ROWS, "a").fenced(7), rows(0, 2));
    assertThatThrownBy(() -> store(output("shop/orders", ROWS).fenced(8), rows(5, 9)))
        .hasMessageContaining("'part' of type text, which cannot be null");
    assertThat(this.<List<Row>>load(input(ROWS, newer))).isEqualTo(rows(0, 2));
  }

  @Test
  @Tag("C59")
  void aStepThatComesTooLateEndsAsSuperseded() {
    store(output("shop/orders", ROWS).fenced(7), rows(0, 2));
    var bench = new Workbench().fence(6);
    bench.managers().put("tables", tables);
    bench
        .asset("shop/orders")
        .returning(List.class, Row.class)
        .storedBy("tables")
        .computed(_ -> rows(5, 9));
    assertThat(Workbench.outcome(bench.run("shop/orders"), "shop/orders"))
        .isInstanceOf(StepOutcome.Superseded.class);
  }

  @Test
  @Tag("C59")
  void aNeighbourStoresWhileAWriterOfTheSameSliceWaits() throws Exception {
    var before = store("a", rows(0, 1));
    store("b", rows(0, 1));
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> store("a", held(begun, mayEnd)));
      begun.await();
      var second = executor.submit(() -> store("a", rows(20, 22)));
      store("b", rows(30, 31));
      assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 1));
      await()
          .until(
              () ->
                  !query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                      .isEmpty());
      assertThat(second.isDone()).isFalse();
      mayEnd.countDown();
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);
    }
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(20, 22));
  }

  private static Stream<Row> held(CountDownLatch begun, CountDownLatch mayEnd) {
    return rows(10, 13).stream()
        .peek(
            row -> {
              begun.countDown();
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Test
  @Tag("C59")
  void aConnectionThatDiesBetweenDeleteAndInsertShowsNothing() {
    var before = store("a", rows(0, 3));
    Stream<Row> killed =
        LongStream.range(0, 200_000)
            .mapToObj(
                id -> {
                  if (id == 20_000) {
                    killWriter();
                  }
                  return new Row(id, "new");
                });
    assertThatThrownBy(() -> store("a", killed))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 3));
    store("a", rows(7, 8));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(7, 8));
  }

  private static void killWriter() {
    try {
      query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY %' AND pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("C59")
  void aCanceledStepLeavesWhatWasThere() {
    var before = store(rows(0, 3));
    var canceled = output("shop/orders", ROWS);
    assertThatThrownBy(() -> store(canceled, rows(5, 9).stream().peek(row -> canceled.cancel())))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 3));
  }

  @Test
  @Tag("C59")
  void aTableOfAnotherAssetIsNotOverwritten() {
    store(rows(0, 1));
    assertThatThrownBy(() -> store(output("other/shop/orders", ROWS), rows(0, 1)))
        .hasMessageContaining("holds asset 'shop/orders'");
  }

  @Test
  @Tag("C59")
  void aThousandPartitionsAreFoundByAnIndex() throws SQLException {
    IntStream.range(0, 1000).forEach(i -> store("p" + i, rows(i, i + 1)));
    assertThat(query("SELECT count(*) FROM shop.orders")).containsExactly("1000");
    assertThat(
            query(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'shop' AND tablename = 'orders'"))
        .singleElement()
        .asString()
        .contains("(part)");
  }

  @Test
  @Tag("C60")
  void loadsTheMappedPartitionsInKeyOrder() {
    var b = store("b", rows(3, 5));
    var a = store("a", rows(0, 2));
    store("c", rows(8, 9));
    assertThat(this.<List<Row>>load(input(ROWS, b, a)))
        .extracting(Row::id)
        .containsExactly(3L, 4L, 0L, 1L);
    Type map = generic(Map.class, String.class, ROWS);
    assertThat(this.<Map<String, List<Row>>>load(input(map, b, a)))
        .isEqualTo(Map.of("a", rows(0, 2), "b", rows(3, 5)));
    try (Stream<Row> rows = load(input(STREAM, b, a))) {
      assertThat(rows.map(Row::id)).containsExactly(3L, 4L, 0L, 1L);
    }
  }

  @Test
  @Tag("C60")
  void loadsTheColumnsThatTheRecordHasOrTheInputNames() {
    Type wider = generic(List.class, Wider.class);
    var stored = store(output("shop/orders", wider), List.of(new Wider(1, "n", Optional.of("m"))));
    Type names = generic(List.class, OnlyName.class);
    assertThat(this.<List<OnlyName>>load(input(names, stored))).containsExactly(new OnlyName("n"));
    Type renamed = generic(List.class, Renamed.class);
    assertThat(this.<List<Renamed>>load(input(renamed, stored)))
        .containsExactly(new Renamed(1, "n"));
    assertThat(this.<List<Wider>>load(input(wider, stored).options(Map.of("columns", "id, name"))))
        .containsExactly(new Wider(1, "n", Optional.empty()));
    assertThatThrownBy(() -> load(input(wider, stored).options(Map.of("columns", "id"))))
        .hasMessageContaining("'name'");
    assertThatThrownBy(() -> load(input(wider, stored).options(Map.of("columns", "id,name,x"))))
        .hasMessageContaining("'x'");
    assertThatThrownBy(() -> load(input(generic(List.class, Required.class), stored)))
        .hasMessageContaining("table shop.orders has column 'more' of type text");
  }

  @Test
  @Tag("C60")
  void aNumberThatDoesNotFitIsRefused() {
    var stored = store(List.of(new Row(40_000, "x")));
    assertThatThrownBy(() -> load(input(generic(List.class, Narrow.class), stored)))
        .hasMessageContaining("column 'id'")
        .hasMessageContaining("40000");
  }

  @Test
  @Tag("C60")
  void givesTheConnectionBackOnEachPath() throws SQLException {
    var stored = store(rows(0, 1000));
    for (int i = 0; i < 20; i++) {
      try (Stream<Row> rows = load(input(STREAM, stored))) {
        assertThat(rows.findFirst()).isPresent();
      }
      try (Stream<Row> rows = load(input(STREAM, stored))) {
        assertThatThrownBy(
                () ->
                    rows.forEach(
                        row -> {
                          throw new IllegalStateException("the author's");
                        }))
            .hasMessage("the author's");
      }
    }
    assertThat(
            query(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'stowage' AND state <> 'idle' AND pid <> pg_backend_pid()"))
        .containsExactly("0");
    assertThat(
            query("SELECT count(*) < 6 FROM pg_stat_activity WHERE application_name = 'stowage'"))
        .containsExactly("t");
  }

  @Test
  @Tag("C60")
  void aStreamSeesTheRowsOfTheMomentItWasOpened() {
    var stored = store(rows(0, 100));
    try (Stream<Row> rows = load(input(STREAM, stored))) {
      var iterator = rows.iterator();
      iterator.next();
      store(rows(500, 501));
      int left = 0;
      for (; iterator.hasNext(); iterator.next()) {
        left++;
      }
      assertThat(left).isEqualTo(99);
    }
  }

  @Test
  @Tag("C60")
  void zeroRowsAreNotTheSameAsNothingStored() {
    var none = store("none", List.of());
    assertThat(this.<List<Row>>load(input(ROWS, none))).isEmpty();
    assertThatThrownBy(() -> load(input(ROWS, List.of("none", "never"), none)))
        .hasMessageContaining("partition 'never'")
        .hasMessageContaining("shop.orders");
    var partly = input(ROWS, List.of("none", "never"), none).allowingMissing();
    assertThat(this.<List<Row>>load(partly)).isEmpty();
    assertThat(partly.logged()).anyMatch(line -> line.contains("never"));
  }

  @Test
  @Tag("C60")
  void aTableThatIsGoneIsAClearSentence() throws SQLException {
    var a = store("a", rows(0, 1));
    execute("DROP TABLE shop.orders");
    assertThatThrownBy(() -> load(input(ROWS, a)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContaining("'shop/orders' partition 'a'")
        .hasMessageContaining("there is no table");
    store("b", rows(0, 1));
    assertThatThrownBy(() -> load(input(ROWS, a))).hasMessageContaining("any more");
  }

  @Test
  @Tag("C60")
  void readsATableThatSomebodyElseMade() throws SQLException {
    execute("CREATE SCHEMA shop");
    execute(
        "CREATE TABLE shop.\"plain\" (select_ int, \"NAME\" varchar(20), id smallint, extra jsonb)");
    execute("INSERT INTO shop.\"plain\" VALUES (1, 'n', 3, '{}')");
    assertThat(this.<List<Row>>load(Contexts.external(ROWS, "shop/plain")))
        .containsExactly(new Row(3, "n"));
    assertThatThrownBy(() -> load(Contexts.external(ROWS, "shop/nowhere")))
        .hasMessageContaining("there is no table");
  }

  @Test
  @Tag("C60")
  void aSingleRecordIsOneRow() {
    var stored = store(output("shop/one", Row.class), new Row(1, "one"));
    assertThat(this.<Row>load(input(Row.class, stored))).isEqualTo(new Row(1, "one"));
    var several = store(rows(0, 2));
    assertThatThrownBy(() -> load(input(Row.class, several))).hasMessageContaining("has 2 rows");
  }

  @Test
  @Tag("C61")
  void refusesAPartitionedAssetWithoutAPartitionColumn() {
    var without = manager(null);
    assertThatThrownBy(() -> without.handleOutput(output("shop/orders", ROWS, "a"), rows(0, 1)))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("asset 'shop/orders' is partitioned");
  }

  @Test
  @Tag("C61")
  void takesThePartitionColumnOfTheOutputsOptionInStoreAndLoad() throws SQLException {
    var bench = new Workbench();
    bench.managers().put("tables", manager(null));
    bench
        .asset("shop/orders")
        .partitioned(new StaticPartitionsDefinition(List.of("a", "b"), "shop"))
        .returning(List.class, Row.class)
        .storedBy("tables")
        .options(Map.of("partitionColumn", "shop"))
        .computed(_ -> rows(0, 2));
    bench
        .asset("shop/count")
        .partitioned(new StaticPartitionsDefinition(List.of("a", "b"), "shop"))
        .input("orders", Declarations.type(List.class, Row.class), given -> given.of("shop/orders"))
        .computed(arguments -> (long) ((List<?>) arguments[0]).size());
    assertThat(bench.runPartitions(List.of("b"), "shop/orders", "shop/count").succeeded()).isTrue();
    assertThat(query("SELECT DISTINCT shop FROM shop.orders")).containsExactly("b");
  }

  @Test
  @Tag("C61")
  void hasAColumnForEachDimension() throws SQLException {
    tables = manager("date=month,city=place");
    var seattle = PartitionKey.of(Map.of("date", "2012-03", "city", "Seattle"));
    var york = PartitionKey.of(Map.of("date", "2012-03", "city", "New York"));
    var first = store(output("shop/orders", ROWS, seattle), rows(0, 2));
    store(output("shop/orders", ROWS, york), rows(2, 3));
    assertThat(this.<List<Row>>load(input(ROWS, first))).isEqualTo(rows(0, 2));
    assertThat(query("SELECT month || place FROM shop.orders WHERE id = 2"))
        .containsExactly("2012-03New York");
    tables = manager("month");
    assertThatThrownBy(() -> store(output("shop/orders", ROWS, york), rows(2, 3)))
        .hasMessageContaining("name a column for each");
  }

  @Test
  @Tag("C61")
  void aComponentMayBeThePartitionColumnWhereItEqualsTheKey() {
    tables = manager("day");
    Type type = generic(List.class, Daily.class);
    var day = LocalDate.parse("2012-03-01");
    var stored = store(output("shop/daily", type, "2012-03-01"), List.of(new Daily(day, 1)));
    assertThat(this.<List<Daily>>load(input(type, stored))).containsExactly(new Daily(day, 1));
    assertThatThrownBy(
            () -> store(output("shop/daily", type, "2012-03-02"), List.of(new Daily(day, 1))))
        .hasMessageContaining("it is '2012-03-01', but the partition is '2012-03-02'");
    assertThatThrownBy(() -> store(output("shop/daily", type, "2012-03"), List.of()))
        .hasMessageContaining("'2012-03'")
        .hasMessageContaining("name a column that the record does not have");
  }
}
