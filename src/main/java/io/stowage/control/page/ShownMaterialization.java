package io.stowage.control.page;

import io.stowage.control.ledger.AssetActivity.Current;
import io.stowage.control.ledger.AssetActivity.Place;
import io.stowage.protocol.MaterializationView;
import java.util.List;
import java.util.Map;

/**
 * A materialization, as it is shown.
 *
 * @param inputs the first of what was read for it
 * @param moreInputs how many more there are
 */
public record ShownMaterialization(
    MaterializationView of, List<ShownMetadata> metadata, List<Input> inputs, int moreInputs) {
  private static final int MOST_INPUTS = 40;

  /**
   * What was read.
   *
   * @param changed whether something else is current there now
   */
  public record Input(
      String name, String asset, String partition, long rows, boolean stored, boolean changed) {}

  static ShownMaterialization of(MaterializationView view, Map<Place, Current> current) {
    var inputs =
        view.inputs().stream()
            .limit(MOST_INPUTS)
            .map(
                read -> {
                  Current now = current.get(new Place(read.asset(), read.partition()));
                  return new Input(
                      read.input(),
                      read.asset(),
                      read.partition(),
                      read.rows(),
                      read.materialization() != null,
                      read.materialization() != null
                          && now != null
                          && !now.materialization().equals(read.materialization()));
                })
            .toList();
    return new ShownMaterialization(
        view,
        ShownMetadata.of(view.metadata()),
        inputs,
        Math.max(0, view.inputs().size() - MOST_INPUTS));
  }

  /** Where it read. */
  static List<Place> places(MaterializationView view) {
    return view.inputs().stream()
        .map(read -> new Place(read.asset(), read.partition()))
        .distinct()
        .toList();
  }
}
