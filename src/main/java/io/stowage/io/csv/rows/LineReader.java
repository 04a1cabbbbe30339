package io.stowage.io.csv.rows;

/** Makes a line into a row. */
interface LineReader {
  /** How many columns there are; 0 where every line has as many as it has. */
  int columns();

  Object read(CsvLine line);
}
