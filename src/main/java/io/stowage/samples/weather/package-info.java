/**
 * The sample pipeline: four years of weather in two cities, from one CSV file.
 *
 * <p>{@link io.stowage.samples.weather.WeatherAssets} is the pipeline, the rest is what its rows
 * look like, and an IO manager of its own that writes a report for people. The input is the work of
 * NOAA; see {@code samples/weather/NOTICE}.
 */
@NullMarked
package io.stowage.samples.weather;

import org.jspecify.annotations.NullMarked;
