package org.metaxyjdbc.tools.h2console;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.http.ClientConfig;

/** Headless Chromium, where there is one on the path. */
final class Browser {
  private static final int TRIES = 4;
  private static final Duration FIRST_PAGE = Duration.ofSeconds(30);

  private Browser() {}

  /**
   * Starts it on a page, or skips the test. On a busy machine a browser that has just started now
   * and then never answers its first page: then another one is started.
   *
   * @param profiles a folder for what each browser that is started writes
   */
  static ChromeDriver open(String page, Path profiles) {
    for (int tries = 1; ; tries++) {
      ChromeDriver browser = start(profiles.resolve("profile" + tries));
      try {
        browser.manage().timeouts().pageLoadTimeout(FIRST_PAGE);
        browser.get(page);
        return browser;
      } catch (WebDriverException e) {
        browser.quit();
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static ChromeDriver start(Path profile) {
    Optional<Path> chromium = onPath("chromium");
    Optional<Path> driver = onPath("chromedriver");
    assumeThat(chromium.isPresent() && driver.isPresent())
        .as(
            "chromium and chromedriver are on the PATH (Debian: apt-get install chromium chromium-driver)")
        .isTrue();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1000,640",
        "--user-data-dir=" + profile);
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.get().toFile())
            .usingAnyFreePort()
            .build(),
        options,
        ClientConfig.defaultConfig().readTimeout(FIRST_PAGE.multipliedBy(2)));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
