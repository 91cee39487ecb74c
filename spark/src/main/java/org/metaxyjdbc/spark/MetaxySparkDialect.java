package org.metaxyjdbc.spark;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;

/**
 * The types that Spark knows of no product it has not heard of: timestamps with a time zone, which
 * every feature has, and what has no type of JDBC's own and arrives as text. Spark finds the class
 * by itself, as a service.
 */
public final class MetaxySparkDialect extends JdbcDialect {
  private static final long serialVersionUID = 1;

  @Override
  public boolean canHandle(String url) {
    return url.startsWith("jdbc:metaxy:");
  }

  @Override
  public Option<DataType> getCatalystType(
      int sqlType, String typeName, int size, MetadataBuilder metadata) {
    return switch (sqlType) {
      case Types.TIMESTAMP_WITH_TIMEZONE -> Option.apply(DataTypes.TimestampType);
      case Types.OTHER, Types.ARRAY, Types.STRUCT, Types.JAVA_OBJECT, Types.TIME_WITH_TIMEZONE ->
          Option.apply(DataTypes.StringType);
      default -> Option.empty();
    };
  }

  /** Spark's own way takes the time for one of UTC, whatever the zone of the JVM. */
  @Override
  public LocalDateTime convertJavaTimestampToTimestampNTZ(Timestamp timestamp) {
    return timestamp.toLocalDateTime();
  }

  @Override
  public Timestamp convertTimestampNTZToJavaTimestamp(LocalDateTime time) {
    return Timestamp.valueOf(time);
  }
}
