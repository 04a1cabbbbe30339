package io.stowage.control.page;

import io.stowage.protocol.AssetStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Assets by their groups.
 *
 * @param states how many there are of each state, of all
 * @param state that the list is narrowed to; empty for all
 * @param words that it is narrowed to
 */
public record AssetList(
    List<Group> groups, List<Count> states, int total, String state, String words) {
  static final List<String> STATES = List.of("running", "failed", "stale", "fresh", "never");

  public record Group(String name, List<AssetStatus> assets) {}

  public record Count(String state, int number) {}

  static AssetList of(List<AssetStatus> all, String state, String words) {
    var counts = new LinkedHashMap<String, Integer>();
    STATES.forEach(each -> counts.put(each, 0));
    var groups = new TreeMap<String, List<AssetStatus>>();
    for (AssetStatus asset : all) {
      counts.merge(asset.state(), 1, Integer::sum);
      if ((state.isEmpty() || asset.state().equals(state)) && has(asset, words)) {
        groups.computeIfAbsent(asset.group(), _ -> new ArrayList<>()).add(asset);
      }
    }
    return new AssetList(
        groups.entrySet().stream().map(each -> new Group(each.getKey(), each.getValue())).toList(),
        counts.entrySet().stream().map(each -> new Count(each.getKey(), each.getValue())).toList(),
        all.size(),
        state,
        words);
  }

  private static boolean has(AssetStatus asset, String words) {
    String text = searched(asset).toLowerCase(Locale.ROOT);
    for (String word : words.toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /** What is looked through: key, description, manager, tags. */
  static String searched(AssetStatus asset) {
    var tags = new StringBuilder();
    asset.tags().forEach((name, value) -> tags.append(' ').append(name).append('=').append(value));
    return asset.asset() + " " + asset.description() + " " + asset.ioManager() + tags;
  }

  /** How often to look again, in milliseconds: the longer the list, the less often. */
  public int often() {
    return 3000 + 5 * total;
  }

  /** For a row. */
  public String text(AssetStatus asset) {
    return searched(asset);
  }

  /** Materialized of all, in hundredths; 0 where there is one value alone. */
  public int part(AssetStatus asset) {
    Long all = asset.partitions();
    return all == null || all == 0 ? 0 : (int) (100 * asset.materialized() / all);
  }
}
