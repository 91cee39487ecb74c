package org.metaxyjdbc.store;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

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
}
