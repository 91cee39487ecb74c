package org.metaxyjdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metaxyjdbc.testing.DemoStore;
import org.metaxyjdbc.testing.TestStore;

/** A password is in nothing that is printed. */
class SecretsTest {
  private static final String PASSWORD = "s3cr3t&p";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:metaxy:nosuchstore:x;PASSWORD=s3cr3t",
        "jdbc:metaxy:postgresql://127.0.0.1:1/db?user=u&password=s3cr3t",
        "jdbc:metaxy:postgresql://u:s3cr3t@127.0.0.1:1/db",
        "jdbc:metaxy:h2:mem:;NO_SUCH=1;PASSWORD=s3cr3t",
        "jdbc:metaxy:h2:mem:;metaxy.no_such=s3cr3t;PASSWORD=s3cr3t",
        "jdbc:metaxy://h/?password=s3cr3t",
        "jdbc:other:x;password=s3cr3t"
      })
  void notInAnErrorAboutTheUrl(String url) {
    CommandRun run = CommandRun.of("delete", "f", "--url", url);
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).isNotEmpty();
    assertThat(run.err() + run.out()).doesNotContain("s3cr3t");
  }

  @Test
  void notInAnErrorAboutTheArguments() {
    CommandRun run =
        CommandRun.of("delete", "--password", PASSWORD, "--url", "jdbc:metaxy:nosuch:" + PASSWORD);
    assertThat(run.err() + run.out()).isNotEmpty().doesNotContain("s3cr3t");
    CommandRun unknown = CommandRun.of("delete", "--password=" + PASSWORD, "--nosuch=" + PASSWORD);
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err() + unknown.out()).doesNotContain("s3cr3t");
  }

  @Test
  void notInWhatADryRunSaysOfTheStore() throws Exception {
    DemoStore store = DemoStore.create(TestStore.Kind.H2);
    CommandRun run =
        CommandRun.of(
            "delete", "predictions", "--dry-run", "--url", store.url() + ";USER=;PASSWORD=");
    assertThat(run.out()).contains("Store: jdbc:metaxy:h2:mem:", "PASSWORD=***");
    assertThat(Secrets.hideInUrl("jdbc:metaxy:postgresql://u:a@h/d?sslpassword=b&x=1&password=c"))
        .isEqualTo("jdbc:metaxy:postgresql://u:***@h/d?sslpassword=***&x=1&password=***");
  }

  @Test
  void hidesAPasswordInItsEncodedForm() {
    Secrets secrets = Secrets.of("jdbc:metaxy:postgresql://h/d?password=a%26b", null);
    assertThat(secrets.hide("no a%26b, no a&b")).isEqualTo("no ***, no ***");
  }
}
