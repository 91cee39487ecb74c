package org.metaxyjdbc.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.ddl.SqlColumnDeclaration;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER TABLE name ADD [COLUMN] [IF NOT EXISTS] column type}. */
public final class SqlAddColumn extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("ALTER TABLE ADD COLUMN", SqlKind.ALTER_TABLE);

  private final SqlIdentifier table;
  private final boolean ifNotExists;
  private final SqlColumnDeclaration column;

  public SqlAddColumn(SqlParserPos pos, SqlIdentifier table, boolean ifNotExists, SqlNode column) {
    super(pos);
    this.table = table;
    this.ifNotExists = ifNotExists;
    this.column = (SqlColumnDeclaration) column;
  }

  public SqlIdentifier table() {
    return table;
  }

  public boolean ifNotExists() {
    return ifNotExists;
  }

  public SqlColumnDeclaration column() {
    return column;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(table, column);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("ALTER");
    writer.keyword("TABLE");
    table.unparse(writer, leftPrec, rightPrec);
    writer.keyword("ADD");
    writer.keyword("COLUMN");
    if (ifNotExists) {
      writer.keyword("IF");
      writer.keyword("NOT");
      writer.keyword("EXISTS");
    }
    column.unparse(writer, 0, 0);
  }
}
