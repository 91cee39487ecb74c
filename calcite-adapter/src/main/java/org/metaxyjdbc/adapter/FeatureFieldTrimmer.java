package org.metaxyjdbc.adapter;

import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Removes columns that a query does not read before the choice of the current version, which is
 * cheaper the narrower its rows are. Calcite calls the {@code trimFields} methods by reflection.
 */
public final class FeatureFieldTrimmer extends RelFieldTrimmer {
  FeatureFieldTrimmer(RelNode root) {
    super(null, RelFactories.LOGICAL_BUILDER.create(root.getCluster(), null));
  }

  /** The choice itself reads the id columns and those of {@link VersionOrder}. */
  public TrimResult trimFields(
      RecordVersions versions, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    int inputCount = versions.getInput().getRowType().getFieldCount();
    int fieldCount = versions.getRowType().getFieldCount();
    if (versions instanceof VersionHistory
        && fieldsUsed.intersect(ImmutableBitSet.range(inputCount, fieldCount)).isEmpty()) {
      TrimResult input = trimChild(versions, versions.getInput(), fieldsUsed, extraFields);
      Mapping mapping =
          Mappings.create(
              MappingType.INVERSE_SURJECTION, fieldCount, input.left.getRowType().getFieldCount());
      input.right.forEach(pair -> mapping.set(pair.source, pair.target));
      return result(input.left, mapping);
    }
    ImmutableBitSet inputUsed =
        fieldsUsed.intersect(ImmutableBitSet.range(inputCount)).union(versions.columnsRead());
    TrimResult input = trimChild(versions, versions.getInput(), inputUsed, extraFields);
    RecordVersions trimmed =
        versions.copy(input.left, Mappings.apply(input.right, versions.idColumns()));
    int trimmedInputCount = input.left.getRowType().getFieldCount();
    Mapping mapping =
        Mappings.create(
            MappingType.INVERSE_SURJECTION, fieldCount, trimmed.getRowType().getFieldCount());
    input.right.forEach(pair -> mapping.set(pair.source, pair.target));
    for (int i = inputCount; i < fieldCount; i++) {
      mapping.set(i, trimmedInputCount + i - inputCount);
    }
    return result(trimmed, mapping);
  }
}
