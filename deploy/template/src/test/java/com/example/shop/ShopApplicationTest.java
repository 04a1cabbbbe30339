package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.stowage.testing.Materialize;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Where assets have collaborators that are injected: the application starts, without a database. */
@QuarkusTest
class ShopApplicationTest {
  @Inject ShopAssets assets;

  @Test
  void notesTheRevenueOfADay() {
    var result = Materialize.assets(assets).partition("2026-01-03").run();
    assertEquals("revenue of 2026-01-03: 60.0", result.value("shop/note"));
  }
}
