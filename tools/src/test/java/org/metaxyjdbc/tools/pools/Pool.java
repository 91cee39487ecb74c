package org.metaxyjdbc.tools.pools;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.c3p0.DataSources;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** A pool of one connection that looks at it before it is handed out, and keeps its statements. */
enum Pool {
  DBCP2 {
    @Override
    DataSource of(String url) {
      BasicDataSource source = new BasicDataSource();
      source.setUrl(url);
      source.setDriverClassName(DRIVER);
      source.setMaxTotal(1);
      source.setTestOnBorrow(true);
      source.setDefaultSchema("active");
      source.setPoolPreparedStatements(true);
      source.setRollbackOnReturn(true);
      source.setAutoCommitOnReturn(true);
      return source;
    }

    @Override
    void close(DataSource source) throws SQLException {
      ((BasicDataSource) source).close();
    }
  },
  C3P0 {
    @Override
    DataSource of(String url) throws Exception {
      ComboPooledDataSource source = new ComboPooledDataSource();
      source.setDriverClass(DRIVER);
      source.setJdbcUrl(url);
      source.setMinPoolSize(1);
      source.setInitialPoolSize(1);
      source.setMaxPoolSize(1);
      source.setMaxStatements(20);
      source.setTestConnectionOnCheckout(true);
      return source;
    }

    @Override
    void close(DataSource source) throws SQLException {
      DataSources.destroy(source);
    }
  },
  TOMCAT {
    @Override
    DataSource of(String url) {
      PoolProperties properties = new PoolProperties();
      properties.setUrl(url);
      properties.setDriverClassName(DRIVER);
      properties.setInitialSize(1);
      properties.setMinIdle(1);
      properties.setMaxIdle(1);
      properties.setMaxActive(1);
      properties.setTestOnBorrow(true);
      properties.setValidationQuery("SELECT 1");
      properties.setValidationInterval(0);
      properties.setDefaultAutoCommit(true);
      properties.setRollbackOnReturn(true);
      properties.setJdbcInterceptors("ConnectionState;StatementCache(prepared=true)");
      return new org.apache.tomcat.jdbc.pool.DataSource(properties);
    }

    @Override
    void close(DataSource source) {
      ((org.apache.tomcat.jdbc.pool.DataSource) source).close(true);
    }
  };

  private static final String DRIVER = "org.metaxyjdbc.jdbc.MetaxyDriver";

  abstract DataSource of(String url) throws Exception;

  abstract void close(DataSource source) throws SQLException;
}
