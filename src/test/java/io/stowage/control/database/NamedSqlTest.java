package io.stowage.control.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamedSqlTest {
  @Test
  void aNameGetsOneNumberWhereverItStands() {
    var sql = NamedSql.of("SELECT :run, :lease WHERE id = :run");

    assertThat(sql.text()).isEqualTo("SELECT $1, $2 WHERE id = $1");
    assertThat(sql.values(Map.of("lease", "l", "run", "r"))).containsExactly("r", "l");
  }

  @Test
  void aCastIsNoName() {
    assertThat(NamedSql.of("SELECT :runs::uuid[], now()::text").text())
        .isEqualTo("SELECT $1::uuid[], now()::text");
  }

  @Test
  void whatNobodyAskedForIsLeftOut() {
    assertThat(NamedSql.of("SELECT :run").values(Map.of("run", 1, "lease", 2))).containsExactly(1);
  }

  @Test
  void nullIsAValueAndNothingIsNone() {
    var values = new HashMap<String, @Nullable Object>();
    values.put("run", null);
    assertThat(NamedSql.of("SELECT :run").values(values)).containsExactly((Object) null);
    assertThatThrownBy(() -> NamedSql.of("SELECT :lease").values(values))
        .hasMessage("no value for :lease");
  }
}
