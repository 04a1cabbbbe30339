package io.stowage.samples.weather;

import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.api.partition.StaticPartitions;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** One partition for each month of each city. */
@MonthlyPartitions(start = "2012-01", end = "2016-01")
@StaticPartitions(
    dimension = "city",
    value = {"Seattle", "New York"})
@Retention(RetentionPolicy.RUNTIME)
@interface MonthByCity {}
