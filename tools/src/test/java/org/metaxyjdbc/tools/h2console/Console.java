package org.metaxyjdbc.tools.h2console;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages of H2's console as a user sees them: toolbar, tree, statement and result. */
final class Console {
  private final WebDriver browser;
  private final WebDriverWait wait;

  Console(WebDriver browser) {
    this.browser = browser;
    this.wait = new WebDriverWait(browser, Duration.ofSeconds(60));
  }

  /** Fills the login page in. */
  void login(String driverClass, String url) {
    wait.until(ExpectedConditions.presenceOfElementLocated(By.name("driver")));
    fill("driver", driverClass);
    fill("url", url);
    fill("user", "");
    browser.findElement(By.cssSelector("input[type=submit]")).click();
    wait.until(ExpectedConditions.presenceOfElementLocated(By.name("h2menu")));
  }

  private void fill(String name, String text) {
    WebElement field = browser.findElement(By.name(name));
    field.clear();
    field.sendKeys(text);
  }

  /** The names that the tree shows, from top to bottom. */
  List<String> tree() {
    frame("h2menu");
    wait.until(ExpectedConditions.textToBePresentInElementLocated(By.className("tree"), "Metaxy"));
    return browser
        .findElement(By.className("tree"))
        .getText()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Opens what is called that in the tree, the first of them. */
  void open(String name) {
    frame("h2menu");
    browser
        .findElement(
            By.xpath(
                "//a[.='%s']/preceding-sibling::img[starts-with(@id, 'join')][1]".formatted(name)))
        .click();
  }

  /** Clicks on a name in the tree, for which the console writes a statement. */
  String statementFor(String name) {
    frame("h2menu");
    browser.findElement(By.linkText(name)).click();
    frame("h2query");
    return browser.findElement(By.name("sql")).getAttribute("value");
  }

  /** Writes a statement, clicks on Run and waits for what the result says of it. */
  String run(String sql, String expected) {
    frame("h2query");
    WebElement text = browser.findElement(By.name("sql"));
    text.clear();
    text.sendKeys(sql);
    frame("header");
    browser.findElement(By.cssSelector("img[src='icon_run.gif']")).click();
    frame("h2result");
    wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), expected));
    return browser.findElement(By.tagName("body")).getText();
  }

  /** Clicks on the pen of a row of an edited result, writes into a cell and saves. */
  String edit(int row, int column, String text, String expected) {
    click("ico_write.gif", row);
    fill("r%dc%d".formatted(row, column), text);
    return save("ico_ok.gif", expected);
  }

  /** Clicks on the cross of a row of an edited result, and confirms it. */
  String remove(int row, String expected) {
    click("ico_remove.gif", row);
    return save("ico_remove_ok.gif", expected);
  }

  /** Clicks on the plus below an edited result, writes a row and saves. */
  String add(List<String> values, String expected) {
    click("ico_add.gif", 1);
    for (int i = 0; i < values.size(); i++) {
      fill("r-1c" + (i + 1), values.get(i));
    }
    return save("ico_ok.gif", expected);
  }

  private String save(String image, String expected) {
    WebElement before = browser.findElement(By.tagName("body"));
    click(image, 1);
    wait.until(ExpectedConditions.stalenessOf(before));
    frame("h2result");
    wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), expected));
    return browser.findElement(By.tagName("body")).getText();
  }

  /** Clicks on an image, the first of them, the second and so on. */
  private void click(String image, int number) {
    browser.findElements(By.cssSelector("img[src='" + image + "']")).get(number - 1).click();
  }

  private void frame(String name) {
    browser.switchTo().defaultContent();
    wait.until(ExpectedConditions.frameToBeAvailableAndSwitchToIt(By.name(name)));
  }
}
