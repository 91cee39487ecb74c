package org.metaxyjdbc.tools.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.NullUnmarked;

/** A record of the feature {@code predictions}. */
@Entity
@Table(name = "predictions")
@NullUnmarked
class Prediction {
  @Id
  @Column(name = "prediction_id")
  Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "model")
  Model model;

  Double confidence;

  @Column(precision = 10, scale = 2)
  BigDecimal price;

  @Column(name = "is_checked")
  Boolean checked;

  @Column(name = "taken_on")
  LocalDate takenOn;

  @Column(name = "created_at")
  LocalDateTime createdAt;

  @Column(name = "seen_at")
  Instant seenAt;
}
