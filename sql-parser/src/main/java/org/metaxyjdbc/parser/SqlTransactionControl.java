package org.metaxyjdbc.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK} written as a statement. */
public final class SqlTransactionControl extends SqlCall {
  /** Which of the three it is; {@code START TRANSACTION} is {@link #BEGIN}. */
  public enum Kind {
    BEGIN(SqlKind.OTHER),
    COMMIT(SqlKind.COMMIT),
    ROLLBACK(SqlKind.ROLLBACK);

    private final SqlOperator operator;

    Kind(SqlKind sqlKind) {
      this.operator = new SqlSpecialOperator(name(), sqlKind);
    }
  }

  private final Kind kind;

  public SqlTransactionControl(SqlParserPos pos, Kind kind) {
    super(pos);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public SqlOperator getOperator() {
    return kind.operator;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(kind.name());
  }
}
