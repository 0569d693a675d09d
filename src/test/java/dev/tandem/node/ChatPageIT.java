package dev.tandem.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.redis.RedisProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Verifies that two people with a browser each can talk on the chat page, through two nodes. */
class ChatPageIT {

    private static final Optional<Path> BROWSER =
            findOnPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Optional<Path> DRIVER = findOnPath("chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static RedisProcess redis;
    private static TandemNode nodeA;
    private static TandemNode nodeB;

    private final String room = "chat-" + UUID.randomUUID();
    private final List<Browser> browsers = new ArrayList<>();

    @BeforeAll
    static void start() {
        assumeTrue(
                BROWSER.isPresent() && DRIVER.isPresent(),
                "SKIPPED: the chat page was not tested, since no browser is installed. Install Chromium and its driver"
                        + " (Debian: apt-get install chromium chromium-driver), so that a chromium, chromium-browser or"
                        + " google-chrome and a chromedriver are on the PATH.");
        redis = RedisProcess.start();
        nodeA = TandemNode.start("ada", redis, Map.of());
        nodeB = TandemNode.start("ben", redis, Map.of());
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            nodeA.close();
            nodeB.close();
            redis.close();
        }
    }

    @AfterEach
    void closeBrowsers() {
        browsers.forEach(Browser::close);
    }

    @Test
    void twoBrowsersTalkInOneRoom() {
        Browser ann = open(nodeA);
        Browser ben = open(nodeB);

        ann.say("hello");

        ben.awaitMessage(ann.name(), "hello");
        ann.awaitMessage(ann.name(), "hello");
        assertThat(ann.texts()).as("shown once to the one who said it").containsExactly("hello");
    }

    @Test
    void bothSeeWhoIsHere() {
        Browser ann = open(nodeA);
        Browser ben = open(nodeB);

        ann.awaitMembers(ann.name(), ben.name());
        ben.awaitMembers(ann.name(), ben.name());

        ben.close();

        ann.awaitMembers(ann.name());
    }

    @Test
    void historyIsThereAfterReload() {
        Browser ann = open(nodeA);
        ann.say("first");
        ann.say("second");
        ann.awaitMessage(ann.name(), "second");

        ann.reload();

        ann.awaitMessage(ann.name(), "second");
        assertThat(ann.texts()).containsExactly("first", "second");
    }

    @Test
    void markupIsShownAsText() {
        Browser ann = open(nodeA);

        ann.say("<b>bold</b> & <img src=x>");

        ann.awaitMessage(ann.name(), "<b>bold</b> & <img src=x>");
    }

    private Browser open(TandemNode node) {
        Browser browser = new Browser(node.uri("/") + "#" + room);
        browsers.add(browser);
        browser.awaitJoined();
        return browser;
    }

    private static Optional<Path> findOnPath(String... names) {
        List<String> folders = new ArrayList<>(List.of("/usr/bin"));
        folders.addAll(List.of(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(Pattern.quote(File.pathSeparator))));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One person's browser, with a profile of its own and so with a session of its own. */
    private final class Browser {

        private final Path profile = newProfile();
        private final WebDriver driver = start(profile);

        Browser(String url) {
            driver.get(url);
        }

        void awaitJoined() {
            await("the page joined " + room)
                    .atMost(PATIENCE)
                    .until(() -> room.equals(body().getDomAttribute("data-joined")) && !name().isEmpty());
            assertThat(body().getDomAttribute("data-state")).isEqualTo("connected");
            assertThat(driver.findElement(By.id("node")).getText()).isNotEmpty();
        }

        void say(String text) {
            driver.findElement(By.id("text")).sendKeys(text, Keys.ENTER);
        }

        void reload() {
            driver.navigate().refresh();
            awaitJoined();
        }

        String name() {
            return driver.findElement(By.id("me")).getText();
        }

        /** The texts that the server has confirmed, in the order in which they are shown. */
        List<String> texts() {
            return shown("#log li.message[data-seq]:not(.pending):not(.failed) .text");
        }

        void awaitMessage(String author, String text) {
            String message = "#log li.message[data-seq]:not(.pending):not(.failed) ";
            await("'" + text + "' of " + author + " is shown").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(shown(message + ".text")).contains(text);
                assertThat(shown(message + ".author")).contains(author);
            });
        }

        void awaitMembers(String... names) {
            await("here are " + List.of(names)).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(shown("#members li[data-user-id]").stream().map(this::withoutYou))
                        .containsExactlyInAnyOrder(names);
                assertThat(driver.findElement(By.id("member-count")).getText()).isEqualTo("" + names.length);
            });
        }

        void close() {
            driver.quit(); // does nothing the second time
            deleteRecursively(profile);
        }

        private WebElement body() {
            return driver.findElement(By.tagName("body"));
        }

        /** Read in one call, since the page may replace elements at any time. */
        @SuppressWarnings("unchecked")
        private List<String> shown(String selector) {
            return (List<String>) ((ChromeDriver) driver)
                    .executeScript(
                            "return Array.from(document.querySelectorAll(arguments[0]), e => e.textContent)", selector);
        }

        private String withoutYou(String member) {
            return member.replace(" (you)", "");
        }
    }

    /** The driver is named, so that Selenium looks for none and downloads none. */
    private static ChromeDriver start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // Chromium refuses to start as root with one
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1100,750",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
        return driver;
    }

    private static Path newProfile() {
        try {
            return Files.createTempDirectory("tandem-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The browser may still write while it ends, so this is tried until it works. */
    private static void deleteRecursively(Path folder) {
        await("the browser's profile is deleted")
                .atMost(10, SECONDS)
                .ignoreExceptions()
                .until(() -> {
                    if (Files.exists(folder)) {
                        try (Stream<Path> files = Files.walk(folder)) {
                            files.sorted(Comparator.reverseOrder())
                                    .map(Path::toFile)
                                    .forEach(File::delete);
                        }
                    }
                    return Files.notExists(folder);
                });
    }
}
