package org.metaxyjdbc.tools.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A record of the feature {@code models}. */
@Entity
@Table(name = "models")
@NullUnmarked
class Model {
  @Id
  @Column(name = "model", length = 20)
  String name;

  @Column(length = 100)
  private String owner;

  String owner() {
    return owner;
  }
}
