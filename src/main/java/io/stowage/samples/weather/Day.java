package io.stowage.samples.weather;

import java.time.LocalDate;

/** A day to remember, and what it measured: °C or mm. */
record Day(LocalDate date, String city, double measured) {}
