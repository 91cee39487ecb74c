package org.metaxyjdbc.store;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes types with {@link MetaxyTypeSystem}, and text of any language. */
public final class MetaxyTypeFactory extends JavaTypeFactoryImpl {
  public static final MetaxyTypeFactory INSTANCE = new MetaxyTypeFactory();

  private MetaxyTypeFactory() {
    super(MetaxyTypeSystem.INSTANCE);
  }

  /** UTF-8, where Calcite's default refuses a literal that ISO-8859-1 cannot spell. */
  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** What has no type in Calcite gives way to what has one, as a NULL for a JSON column to text. */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    List<RelDataType> known =
        types.stream().filter(type -> type.getSqlTypeName() != SqlTypeName.OTHER).toList();
    if (known.size() == types.size()) {
      return super.leastRestrictive(types, mappingRule);
    }
    RelDataType type = known.isEmpty() ? types.get(0) : super.leastRestrictive(known, mappingRule);
    return type == null ? null : createTypeWithNullability(type, true);
  }
}
