package io.stowage.control.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's chromium without a head. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final String base;

  private Browser(ChromeDriver driver, String base) {
    this.driver = driver;
    this.base = base;
  }

  /** Skips the test where there is no chromium, unless tools are required. */
  static Browser open(String base) {
    File chromium = tool("chromium");
    File chromedriver = tool("chromedriver");
    var options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    var service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
    return new Browser(new ChromeDriver(service, options), base);
  }

  private static File tool(String name) {
    var found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> new File(folder, name))
            .filter(File::canExecute)
            .findFirst();
    if (found.isEmpty() && "true".equals(System.getenv("STOWAGE_REQUIRE_TOOLS"))) {
      throw new AssertionError(
          name + " is required, and not on the PATH: apt-get install chromium-driver");
    }
    return found.orElseGet(() -> abort(name + " is not installed: the page is not tested"));
  }

  Browser go(String path) {
    driver.get(base + path);
    return this;
  }

  String path() {
    return driver.getCurrentUrl().substring(base.length());
  }

  WebElement find(String css) {
    return await(found -> found.findElement(By.cssSelector(css)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  String text(String css) {
    return find(css).getText();
  }

  /** Waits until there is such a text. */
  void awaitText(String css, String part) {
    await(page -> page.findElement(By.cssSelector(css)).getText().contains(part) ? part : null);
  }

  void awaitPath(String start) {
    await(_ -> path().startsWith(start) ? start : null);
  }

  private <T> T await(Function<ChromeDriver, T> looked) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .until(() -> looked.apply(driver), Objects::nonNull);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The last argument of the script is what is called with its answer. */
  Object runAsync(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script);
  }

  void accept() {
    await(page -> page.switchTo().alert()).accept();
  }

  Browser size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    return this;
  }

  Browser scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  void shoot(String name) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "screenshots"));
      Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Neither a script's fault nor a thing that the page's policy has kept out. A request that is
   * checked while it is typed is refused until it is complete.
   */
  void hasNothingToComplainOf() {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .extracting(LogEntry::getMessage)
        .filteredOn(message -> !message.contains("/v1/runs/check"))
        .isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
