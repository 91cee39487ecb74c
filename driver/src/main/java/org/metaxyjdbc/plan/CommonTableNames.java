package org.metaxyjdbc.plan;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what WITH names as WITH does: Calcite's validator minds the case of these names, whatever
 * it was told of names.
 */
final class CommonTableNames extends TableReferences {
  @Override
  void table(SqlIdentifier name, @Nullable String commonTable) {
    if (commonTable != null) {
      name.setNames(List.of(commonTable), List.of(name.getParserPosition()));
    }
  }
}
