package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stowage.api.metadata.MetadataValue;
import io.stowage.testing.InputContexts;
import io.stowage.testing.Materialize;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assets and a manager are tested without a server, a store or a configuration. */
class ShopAssetsTest {
  @TempDir Path folder;

  private NotesIoManager notes() {
    var settings = Settings.of(NotesSettings.class, Map.of("folder", folder.toString()));
    return (NotesIoManager)
        new NotesIoManagerFactory().create(settings, ResourceContexts.of("notes"));
  }

  @Test
  void notesTheRevenueOfADay() {
    var result =
        Materialize.assets(ShopAssets.class)
            .manager("notes", notes())
            .partition("2026-01-03")
            .run();
    assertEquals(60.0, result.value("shop/revenue"));
    assertEquals(new MetadataValue.Int(3), result.metadata("shop/revenue").get("orders"));
    assertEquals("revenue of 2026-01-03: 60.0", result.value("shop/note"));
  }

  @Test
  void oneAssetAloneIsGivenItsInputs() {
    var result =
        Materialize.assets(ShopAssets.class)
            .input("shop/orders", "2026-01-03", List.of(new Order("a", 2), new Order("b", 3)))
            .select("shop/revenue")
            .partition("2026-01-03")
            .run();
    assertEquals(5.0, result.value("shop/revenue"));
  }

  @Test
  void keepsANoteAsAFile() throws Exception {
    var notes = notes();
    var stored = OutputContexts.of("shop/note", String.class).partition("2026-01-03").build();
    notes.handleOutput(stored, "two words");
    assertEquals(new MetadataValue.Int(2), stored.metadata().get("words"));
    assertTrue(stored.object().orElseThrow().location().getPath().endsWith(".txt"));
    assertEquals("two words", notes.loadInput(InputContexts.of(stored).build()));
  }
}
