package org.metaxyjdbc.plan;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Calcite's metadata of relational expressions, with handlers that are made when they are first
 * asked: a query has some thirty, of which most statements ask none.
 */
final class LazyMetadataHandlers implements MetadataHandlerProvider {
  private static final LazyMetadataHandlers INSTANCE = new LazyMetadataHandlers();
  private static final MetadataHandlerProvider MADE =
      new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE);

  /** Stands for every handler, and says that there is none yet. */
  private static final Object UNASKED =
      Proxy.newProxyInstance(
          BuiltInMetadata.class.getClassLoader(),
          Arrays.stream(BuiltInMetadata.class.getDeclaredClasses())
              .flatMap(metadata -> Arrays.stream(metadata.getDeclaredClasses()))
              .filter(MetadataHandler.class::isAssignableFrom)
              .toArray(Class<?>[]::new),
          (proxy, method, arguments) -> {
            throw new NoHandler(RelNode.class);
          });

  private LazyMetadataHandlers() {}

  static RelMetadataQuery newQuery() {
    return new RelMetadataQuery(INSTANCE) {};
  }

  @Override
  public <H extends MetadataHandler<?>> H handler(Class<H> handlerClass) {
    return handlerClass.cast(UNASKED);
  }

  @Override
  public <H extends MetadataHandler<?>> H revise(Class<H> handlerClass) {
    return MADE.handler(handlerClass);
  }
}
