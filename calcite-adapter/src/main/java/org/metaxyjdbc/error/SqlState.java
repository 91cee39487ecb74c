package org.metaxyjdbc.error;

/**
 * The SQLSTATEs of this project. Codes are those of ISO/IEC 9075-2, and the {@code 42Sxx} ones are
 * ODBC's, which JDBC tools know.
 */
public enum SqlState {
  WARNING("01000"),
  FEATURE_NOT_SUPPORTED("0A000"),
  CONNECTION_FAILURE("08001"),
  CONNECTION_CLOSED("08003"),
  DATA_EXCEPTION("22000"),
  NUMERIC_OUT_OF_RANGE("22003"),
  NULL_NOT_ALLOWED("22004"),
  INVALID_DATETIME("22007"),
  INVALID_TEXT("22018"),
  INVALID_PARAMETER_VALUE("22023"),
  INVALID_JSON("22032"),
  INTEGRITY_CONSTRAINT("23000"),
  NOT_NULL_VIOLATION("23502"),
  INVALID_CURSOR_STATE("24000"),
  READ_ONLY("25006"),
  SERIALIZATION_FAILURE("40001"),
  SYNTAX_ERROR("42000"),
  INVALID_NAME("42602"),
  TABLE_EXISTS("42S01"),
  TABLE_NOT_FOUND("42S02"),
  COLUMN_EXISTS("42S21"),
  COLUMN_NOT_FOUND("42S22"),
  NOT_ALLOWED("42501"),
  CATALOG_NOT_FOUND("3D000"),
  SCHEMA_NOT_FOUND("3F000"),
  GENERAL_ERROR("HY000"),
  INVALID_ARGUMENT("HY009"),
  SEQUENCE_ERROR("HY010"),
  TIMEOUT("HYT00"),
  INVALID_STORE("58000");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  /** The five characters of the state. */
  public String code() {
    return code;
  }
}
