package io.stowage.io.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.SchemaNode;
import java.util.Locale;

/** What a column of single values holds, and how the reader gives it. */
enum ColumnKind {
  BOOLEAN,
  INT8,
  INT16,
  INT32,
  INT64,
  UINT8,
  UINT16,
  UINT32,
  UINT64,
  FLOAT,
  DOUBLE,
  TEXT,
  BINARY,
  DATE,
  TIME,
  UTC_TIMESTAMP,
  LOCAL_TIMESTAMP,
  DECIMAL,
  UUID,
  /** What no component is read from: intervals, geometry, half floats and the like. */
  OTHER;

  static ColumnKind of(SchemaNode.PrimitiveNode column) {
    return switch (column.logicalType()) {
      case null -> of(column.type());
      case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _ -> TEXT;
      case LogicalType.IntType type -> integer(type);
      case LogicalType.DateType _ -> DATE;
      case LogicalType.TimeType _ -> TIME;
      case LogicalType.TimestampType type ->
          type.isAdjustedToUTC() ? UTC_TIMESTAMP : LOCAL_TIMESTAMP;
      case LogicalType.DecimalType _ -> DECIMAL;
      case LogicalType.UuidType _ -> UUID;
      default -> OTHER;
    };
  }

  private static ColumnKind of(PhysicalType type) {
    return switch (type) {
      case BOOLEAN -> BOOLEAN;
      case INT32 -> INT32;
      case INT64 -> INT64;
      case INT96 -> UTC_TIMESTAMP;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> BINARY;
    };
  }

  private static ColumnKind integer(LogicalType.IntType type) {
    return switch (type.bitWidth()) {
      case 8 -> type.isSigned() ? INT8 : UINT8;
      case 16 -> type.isSigned() ? INT16 : UINT16;
      case 32 -> type.isSigned() ? INT32 : UINT32;
      default -> type.isSigned() ? INT64 : UINT64;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
