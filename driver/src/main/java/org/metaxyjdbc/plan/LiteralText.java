package org.metaxyjdbc.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its literals taken out, without parsing it: statements that differ in nothing
 * but literals have the same {@link #skeleton}.
 */
final class LiteralText {
  /** What a literal is; the skeleton says so too, as the plan depends on it. */
  enum Kind {
    INTEGER('\1'),
    DECIMAL('\2'),
    TEXT('\3');

    private final char mark;

    Kind(char mark) {
      this.mark = mark;
    }
  }

  /**
   * A literal.
   *
   * @param start the index of its first character in the text
   * @param end the index after its last
   * @param value a Long, a BigDecimal or a String
   */
  record Literal(int start, int end, Kind kind, Object value) {}

  /** A store takes so many parameters, and a statement with more is hardly run twice. */
  private static final int MOST = 1_000;

  private final String text;
  private final List<Literal> literals;
  private final String skeleton;

  private LiteralText(String text, List<Literal> literals) {
    this.text = text;
    this.literals = literals;
    this.skeleton = without(all());
  }

  /** Null where there are no literals, too many, or tokens that only the parser understands. */
  static @Nullable LiteralText of(String text) {
    List<Literal> literals = new LiteralScanner(text).literals();
    return literals.isEmpty() || literals.size() > MOST ? null : new LiteralText(text, literals);
  }

  /** The number of the literal that the parser found at a position; -1 for none. */
  int at(SqlParserPos position) {
    int offset = SqlParserUtil.lineColToIndex(text, position.getLineNum(), position.getColumnNum());
    for (int i = 0; i < literals.size(); i++) {
      if (literals.get(i).start() == offset) {
        return i;
      }
    }
    return -1;
  }

  List<Literal> literals() {
    return literals;
  }

  /** The numbers of all literals. */
  BitSet all() {
    BitSet all = new BitSet(literals.size());
    all.set(0, literals.size());
    return all;
  }

  /** The text with a mark in the place of each literal. */
  String skeleton() {
    return skeleton;
  }

  /** The text with a mark in the place of each of these literals. */
  String key(BitSet replaced) {
    return replaced.cardinality() == literals.size() ? skeleton : without(replaced);
  }

  private String without(BitSet replaced) {
    StringBuilder key = new StringBuilder(text.length());
    int from = 0;
    for (int i = replaced.nextSetBit(0); i >= 0; i = replaced.nextSetBit(i + 1)) {
      Literal literal = literals.get(i);
      key.append(text, from, literal.start()).append(literal.kind().mark);
      from = literal.end();
    }
    return key.append(text, from, text.length()).toString();
  }

  /** The values of all literals. */
  List<Object> values() {
    List<Object> values = new ArrayList<>(literals.size());
    for (Literal literal : literals) {
      values.add(literal.value());
    }
    return values;
  }
}
