package org.metaxyjdbc.store;

/**
 * The value of a {@link ValueKind#JSON}, which may stand within another one.
 *
 * @param text JSON as the store spells it
 */
public record JsonFragment(String text) {
  @Override
  public String toString() {
    return text;
  }
}
