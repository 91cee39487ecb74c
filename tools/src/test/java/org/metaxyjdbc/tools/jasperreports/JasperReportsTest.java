package org.metaxyjdbc.tools.jasperreports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRPrintText;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metaxyjdbc.testing.PredictionStore;
import org.metaxyjdbc.testing.TestStore;

/** A report whose query takes parameters, and a list of them. */
class JasperReportsTest {
  @ParameterizedTest
  @EnumSource(TestStore.Kind.class)
  void aReportIsFilledWithWhatItsParametersChoose(TestStore.Kind kind) throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("MODEL", "v1");
    parameters.put("SINCE", Timestamp.valueOf("2024-01-01 00:00:00"));
    parameters.put("IDS", List.of(1L, 2L, 3L));
    try (InputStream source = JasperReportsTest.class.getResourceAsStream("predictions.jrxml");
        Connection connection = PredictionStore.toRead(kind).store().connect()) {
      JasperReport report = JasperCompileManager.compileReport(source);
      JasperPrint filled = JasperFillManager.fillReport(report, parameters, connection);
      assertThat(filled.getPages())
          .singleElement()
          .satisfies(
              page ->
                  assertThat(page.getElements())
                      .extracting(element -> ((JRPrintText) element).getFullText())
                      .containsExactly(
                          "1",
                          "2024-01-01 10:00:00.123456",
                          "2",
                          "2024-02-01 10:00:00.0",
                          "30.75"));
    }
  }
}
