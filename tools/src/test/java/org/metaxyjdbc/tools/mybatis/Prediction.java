package org.metaxyjdbc.tools.mybatis;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.NullUnmarked;

/** A record of the feature {@code predictions}; MyBatis fills the fields. */
@NullUnmarked
class Prediction {
  long predictionId;
  String model;
  BigDecimal price;
  Boolean isChecked;
  LocalDate takenOn;
  LocalDateTime createdAt;
  OffsetDateTime seenAt;
}
