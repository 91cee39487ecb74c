package org.metaxyjdbc.jdbc;

/** The functions of JDBC's escape {@code {fn ...}} that give the same on every store. */
final class ScalarFunctions {
  static final String NUMERIC =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,ROUND,SIGN,SIN,SQRT,TAN";
  static final String STRING =
      "ASCII,CONCAT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,REPEAT,REPLACE,RIGHT,RTRIM,SUBSTRING,UCASE";
  static final String SYSTEM = "DATABASE,IFNULL,USER";
  static final String TIME_DATE =
      "CURDATE,CURTIME,DAYOFMONTH,DAYOFYEAR,HOUR,MINUTE,MONTH,NOW,QUARTER,SECOND,TIMESTAMPADD,WEEK,YEAR";

  private ScalarFunctions() {}
}
