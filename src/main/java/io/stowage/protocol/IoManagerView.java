package io.stowage.protocol;

import io.stowage.catalog.SettingSpec;
import java.util.List;
import java.util.Map;

/**
 * An IO manager as the workers of a queue have it.
 *
 * @param settings that its type has, by name
 * @param configured the settings that are given, of which a worker tells; what is secret is masked
 * @param stores assets that are stored by it
 * @param loads assets of which an input is loaded by it, chosen for the input
 * @param materializations of the last seven days, with their bytes and rows as far as known
 */
public record IoManagerView(
    String key,
    String type,
    String queue,
    boolean loadOnly,
    List<SettingSpec> settings,
    Map<String, String> configured,
    List<String> stores,
    List<String> loads,
    long materializations,
    long bytes,
    long rows) {}
