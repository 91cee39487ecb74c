package org.metaxyjdbc.tools.eclipselink;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.NullUnmarked;

/** A record of the feature {@code predictions}. */
@Entity
@Table(name = "predictions")
@NullUnmarked
public class Prediction {
  @Id
  @Column(name = "prediction_id")
  Long id;

  String model;

  Double confidence;

  BigDecimal price;

  @Column(name = "is_checked")
  Boolean checked;

  @Column(name = "taken_on")
  LocalDate takenOn;

  @Column(name = "created_at")
  LocalDateTime createdAt;

  @Column(name = "seen_at")
  OffsetDateTime seenAt;
}
