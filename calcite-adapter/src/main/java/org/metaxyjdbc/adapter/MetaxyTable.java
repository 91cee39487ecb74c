package org.metaxyjdbc.adapter;

import org.apache.calcite.plan.Convention;

/** A table of a store's schemas. */
interface MetaxyTable {
  /** In which convention a plan reads it: the mounted store's, or NONE within the driver. */
  Convention convention();
}
