package org.metaxyjdbc.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A query with {@code FOR [NO KEY] UPDATE} or {@code FOR [KEY] SHARE}, which mean the same here,
 * {@code [OF table, …] [NOWAIT | SKIP LOCKED]}.
 */
public final class SqlLockingQuery extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("FOR UPDATE", SqlKind.OTHER) {
        @Override
        public SqlCall createCall(
            SqlLiteral functionQualifier, SqlParserPos pos, SqlNode... operands) {
          return new SqlLockingQuery(
              pos, operands[0], (SqlNodeList) operands[1], (SqlLiteral) operands[2]);
        }
      };

  /** What to do about a lock that somebody else has. */
  public enum Waiting {
    WAIT,
    NOWAIT,
    SKIP_LOCKED;

    SqlLiteral symbol(SqlParserPos pos) {
      return SqlLiteral.createSymbol(this, pos);
    }
  }

  private final SqlNode query;
  private final SqlNodeList tables;
  private final SqlLiteral waiting;

  SqlLockingQuery(SqlParserPos pos, SqlNode query, SqlNodeList tables, SqlLiteral waiting) {
    super(pos);
    this.query = query;
    this.tables = tables;
    this.waiting = waiting;
  }

  public SqlNode query() {
    return query;
  }

  /** The names or aliases of the tables to lock; empty for all of the query. */
  public List<SqlIdentifier> tables() {
    return tables.stream().map(SqlIdentifier.class::cast).toList();
  }

  public Waiting waiting() {
    return waiting.symbolValue(Waiting.class);
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(query, tables, waiting);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    query.unparse(writer, 0, 0);
    writer.keyword("FOR");
    writer.keyword("UPDATE");
    if (!tables.isEmpty()) {
      writer.keyword("OF");
      tables.unparse(writer, 0, 0);
    }
    if (waiting() != Waiting.WAIT) {
      writer.keyword(waiting().name().replace('_', ' '));
    }
  }
}
