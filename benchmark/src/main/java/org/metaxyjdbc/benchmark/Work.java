package org.metaxyjdbc.benchmark;

/** A row of the table: a benchmark and what it is called. */
public enum Work {
  POINT_LOOKUP("point lookup by id, prepared once", PointLookup.class, Amount.ONE),
  LITERAL_LOOKUP("point lookup by id, each time a new statement", LiteralLookup.class, Amount.ONE),
  STOCK_LOOKUP(
      "point lookup by id, prepared once, against stock Calcite",
      StockCalciteLookup.class,
      Amount.ONE),
  STOCK_LITERAL_LOOKUP(
      "point lookup by id, each time a new statement, against stock Calcite",
      StockCalciteLiteralLookup.class,
      Amount.ONE),
  FULL_READ("full read", FullRead.class, Amount.ONE),
  COUNT_ALL("count(*)", CountAll.class, Amount.ONE),
  GROUPED_COUNT("group by", GroupedCount.class, Amount.ONE),
  COLUMN_FILTER("filter on a column that is no id", ColumnFilter.class, Amount.ONE),
  FEATURE_JOIN("join of two features", FeatureJoin.class, Amount.ONE),
  FULL_READ_PLAIN("full read", FullRead.class),
  COUNT_ALL_PLAIN("count(*)", CountAll.class),
  GROUPED_COUNT_PLAIN("group by", GroupedCount.class),
  COLUMN_FILTER_PLAIN("filter on a column that is no id", ColumnFilter.class),
  FEATURE_JOIN_PLAIN("join of two features", FeatureJoin.class),
  FEDERATED_JOIN(
      "join of two features of two stores in Calcite, against one store",
      FederatedJoin.class,
      Amount.ONE),
  DEFAULT_VIEW("full read, against a ROW_NUMBER view", DefaultView.class, Amount.ONE),
  LARGE_SCAN("scan of all versions", LargeScan.class, Amount.ROWS),
  DELETE_RECORD("soft delete of one record", DeleteRecord.class, Amount.WRITES),
  DELETE_RECORDS("soft delete of 10,000 records", DeleteRecords.class, Amount.ONE),
  NEW_PLAN("planning of a new statement", NewPlan.class, Amount.ONE),
  LIST_TABLES("getTables of 2,000 features", ListTables.class, Amount.ONE),
  LIST_COLUMNS("getColumns of 2,000 features with 100 columns", ListColumns.class, Amount.ONE),
  FIRST_QUERY("first connection and query of a JVM", FirstQuery.class, Amount.FIRST),
  FIRST_QUERY_SHARED(
      "first connection and query of a JVM, class-data sharing",
      FirstQuery.class,
      Amount.FIRST_SHARED),
  FIRST_QUERY_CACHED(
      "first connection and query of a JVM, ahead-of-time cache",
      FirstQuery.class,
      Amount.FIRST_CACHED);

  /** What an operation of JMH's consists of. */
  enum Amount {
    /** One statement, shown with the time that it takes. */
    ONE,
    /** As many statements as {@link StoreKind#writesPerIteration}, shown with the time of one. */
    WRITES,
    /** All versions in the store, shown as rows per second. */
    ROWS,
    /** Once in each of many JVMs. */
    FIRST,
    /** The same with the classes in an archive that another JVM has written. */
    FIRST_SHARED,
    /** The same with the ahead-of-time cache of Java 25, which another JVM has written. */
    FIRST_CACHED
  }

  private final String title;
  private final Class<? extends StoreBenchmark> benchmark;
  private final Amount amount;
  private final boolean plain;

  Work(String title, Class<? extends StoreBenchmark> benchmark, Amount amount) {
    this.title = title;
    this.benchmark = benchmark;
    this.amount = amount;
    this.plain = false;
  }

  /** Against tables that hold nothing but the current rows. */
  Work(String title, Class<? extends StoreBenchmark> benchmark) {
    this.title = title + ", against a plain table of the current rows";
    this.benchmark = benchmark;
    this.amount = Amount.ONE;
    this.plain = true;
  }

  /** The name in the table. */
  public String title() {
    return title;
  }

  Class<? extends StoreBenchmark> benchmark() {
    return benchmark;
  }

  boolean isFirst() {
    return amount == Amount.FIRST || amount == Amount.FIRST_SHARED || amount == Amount.FIRST_CACHED;
  }

  boolean plain() {
    return plain;
  }

  Amount amount() {
    return amount;
  }
}
