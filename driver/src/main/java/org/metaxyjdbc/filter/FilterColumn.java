package org.metaxyjdbc.filter;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A column that a filter can name.
 *
 * @param name as the feature spells it
 * @param type what its values can be compared with
 */
public record FilterColumn(String name, ValueType type) implements Operand {
  SqlNode node() {
    return new SqlIdentifier(List.of(name), SqlParserPos.ZERO);
  }
}
