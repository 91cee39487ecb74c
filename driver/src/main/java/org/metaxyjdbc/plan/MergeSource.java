package org.metaxyjdbc.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.metaxyjdbc.store.MetaxyTypeFactory;

/**
 * The source of a MERGE: {@code USING (VALUES (?, ?)) AS s (id, label)} and {@code USING (SELECT ?
 * AS id, ? AS label) AS s} get the types of the columns that the values are for, which nothing else
 * would say.
 */
final class MergeSource {
  private final Map<String, SqlDataTypeSpec> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private MergeSource(SqlMerge merge, RelDataType target) {
    for (RelDataTypeField field : target.getFieldList()) {
      note(field.getName(), field);
    }
    if (merge.getUpdateCall() != null) {
      note(
          merge.getUpdateCall().getTargetColumnList(),
          merge.getUpdateCall().getSourceExpressionList(),
          target);
    }
    if (merge.getInsertCall() != null
        && merge.getInsertCall().getTargetColumnList() != null
        && merge.getInsertCall().getSource() instanceof SqlCall values) {
      note(
          merge.getInsertCall().getTargetColumnList(),
          ((SqlCall) values.operand(0)).getOperandList(),
          target);
    }
  }

  /** The source with its parameters cast to types. */
  static SqlNode typed(SqlMerge merge, RelDataType target) {
    return new MergeSource(merge, target).typed(merge.getSourceTableRef());
  }

  private void note(List<SqlNode> columns, List<SqlNode> values, RelDataType target) {
    for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
      String column = Util.last(((SqlIdentifier) columns.get(i)).names);
      RelDataTypeField field = target.getField(column, false, false);
      if (field != null && values.get(i) instanceof SqlIdentifier value && !value.isStar()) {
        note(Util.last(value.names), field);
      }
    }
  }

  private void note(String column, RelDataTypeField field) {
    RelDataType type = field.getType();
    if (SqlTypeUtil.isAtomic(type) && type.getSqlTypeName() != SqlTypeName.OTHER) {
      types.put(
          column,
          SqlTypeUtil.convertTypeToSpec(
              SqlTypeUtil.isCharacter(type)
                  ? MetaxyTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR)
                  : type));
    }
  }

  private SqlNode typed(SqlNode source) {
    if (source.getKind() != SqlKind.AS) {
      return source;
    }
    SqlCall as = (SqlCall) source;
    List<SqlNode> operands = new ArrayList<>(as.getOperandList());
    List<String> names = new ArrayList<>();
    for (SqlNode name : operands.subList(2, operands.size())) {
      names.add(((SqlIdentifier) name).getSimple());
    }
    operands.set(0, rows(operands.get(0), names));
    return new SqlBasicCall(as.getOperator(), operands, as.getParserPosition());
  }

  private SqlNode rows(SqlNode rows, List<String> names) {
    if (rows instanceof SqlSelect select && select.getFrom() == null) {
      List<SqlNode> items = new ArrayList<>();
      for (int i = 0; i < select.getSelectList().size(); i++) {
        items.add(item(select.getSelectList().get(i), i < names.size() ? names.get(i) : null));
      }
      select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    } else if (rows.getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) rows).getOperandList()) {
        SqlCall values = (SqlCall) row;
        for (int i = 0; i < Math.min(values.operandCount(), names.size()); i++) {
          values.setOperand(i, item(values.operand(i), names.get(i)));
        }
      }
    }
    return rows;
  }

  private SqlNode item(SqlNode item, @Nullable String name) {
    if (item.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) item;
      String alias = name == null ? ((SqlIdentifier) as.operand(1)).getSimple() : name;
      as.setOperand(0, item(as.operand(0), alias));
      return as;
    }
    return item instanceof SqlDynamicParam && name != null && types.containsKey(name)
        ? SqlStdOperatorTable.CAST.createCall(
            item.getParserPosition(), item, requireNonNull(types.get(name)))
        : item;
  }
}
