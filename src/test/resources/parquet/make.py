"""Makes the files beside it, by pyarrow 26.0.1: python make.py FOLDER. The data is ours."""
import pyarrow as pa, pyarrow.parquet as pq, datetime as d, decimal, sys
out = sys.argv[1]
U = d.timezone.utc
n = 3
t = pa.table({
  "flag": pa.array([True, False, True]),
  "small": pa.array([1, -2, 3], pa.int16()),
  "whole": pa.array([1, -2, 2147483647], pa.int32()),
  "large": pa.array([1, -2, 9007199254740993], pa.int64()),
  "single": pa.array([0.5, -1.5, 2.0], pa.float32()),
  "number": pa.array([0.1, -1e300, 2.0]),
  "text": pa.array(["plain", "", "täxt ✓"]),
  "bytes": pa.array([b"\x00\x01", b"", b"\xff"]),
  "day": pa.array([d.date(2026, 1, 2), d.date(1969, 12, 31), d.date(2000, 2, 29)]),
  "time_of_day": pa.array([d.time(12, 30, 0, 123456), d.time(0), d.time(23, 59, 59)], pa.time64("us")),
  "utc_millis": pa.array([d.datetime(2026, 1, 2, 3, 4, 5, 678000, U), d.datetime(1969, 12, 31, 23, 59, 59, 999000, U), d.datetime(2000, 1, 1, tzinfo=U)], pa.timestamp("ms", "UTC")),
  "utc_micros": pa.array([d.datetime(2026, 1, 2, 3, 4, 5, 678901, U), d.datetime(1969, 12, 31, 23, 59, 59, 999999, U), d.datetime(2000, 1, 1, tzinfo=U)], pa.timestamp("us", "UTC")),
  "local_micros": pa.array([d.datetime(2026, 1, 2, 3, 4, 5, 678901), d.datetime(1969, 12, 31, 23, 59, 59, 999999), d.datetime(2000, 1, 1)], pa.timestamp("us")),
  "price": pa.array([decimal.Decimal("12.50"), decimal.Decimal("-0.01"), decimal.Decimal("99999999999.99")], pa.decimal128(20, 2)),
  "sky": pa.array(["SUN", "RAIN", "SUN"]).dictionary_encode(),
  "maybe": pa.array([7, None, 9], pa.int64()),
  "note": pa.array([None, "b", None], pa.string()),
  "place": pa.array([{"town": "Basel", "height": 260}, {"town": "Chur", "height": None}, {"town": "Bern", "height": 540}], pa.struct([("town", pa.string()), ("height", pa.int32())])),
  "tags": pa.array([["a", "b"], [], ["c"]], pa.list_(pa.string())),
  "unused": pa.array(["x" * 20] * n),
})
pq.write_table(t, f"{out}/every-type.parquet", compression="zstd")
for codec in ["none", "snappy", "gzip", "lz4", "brotli"]:
    pq.write_table(t.select(["whole", "text"]), f"{out}/{codec}.parquet", compression=codec)
