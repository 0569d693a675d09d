package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.redis.DialerBench.Tls;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies whom a TLS connection trusts, what it shows of itself, and that settings which make no sense are refused at start. */
class RedisTlsIT {
    private static final RedisAddress REDISS = new RedisAddress("rediss://localhost");
    private static Certificates ours;
    private static Certificates.Pair localhost;
    private static DialerBench bench;

    @TempDir
    Path files;

    @BeforeAll
    static void makeCertificates() {
        ours = Certificates.create();
        localhost = ours.issue("localhost", "dns:localhost,ip:127.0.0.1");
        bench = new DialerBench();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void connectsToAServerOfTheTrustedAuthority() throws Throwable {
        try (TlsRedis redis = TlsRedis.start(ours, localhost, "no")) {
            DialedConnection byName = bench.dial(redis.url("localhost"), Tls.UNSET.trusting(ours.ca()));
            DialedConnection byNumber = bench.dial(redis.url("127.0.0.1"), Tls.UNSET.trusting(ours.ca()));

            assertThat(DialerBench.send(byName, Command.PING)).hasToString("PONG");
            assertThat(DialerBench.send(byNumber, Command.PING)).hasToString("PONG");
        }
    }

    @Test
    void refusesAServerOfAnUnknownAuthority() {
        Certificates others = Certificates.create();
        try (TlsRedis redis = TlsRedis.start(ours, localhost, "no")) {
            assertThatThrownBy(() -> bench.dial(redis.url("localhost"), Tls.UNSET.trusting(others.ca())))
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
            assertThatThrownBy(() -> bench.dial(redis.url("localhost"), Tls.UNSET))
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
            assertThat(redis.namedConnections()).isZero();
        }
    }

    @Test
    void refusesAServerThatHasAnotherName() {
        Certificates.Pair elsewhere = ours.issue("elsewhere", "dns:redis.example");
        try (TlsRedis redis = TlsRedis.start(ours, elsewhere, "no")) {
            assertThatThrownBy(() -> bench.dial(redis.url("localhost"), Tls.UNSET.trusting(ours.ca())))
                    .hasRootCauseInstanceOf(CertificateException.class)
                    .hasRootCauseMessage("No subject alternative DNS name matching localhost found.");
            assertThat(redis.namedConnections()).isZero();
        }
    }

    @Test
    void refusesAServerWhoseCertificateHasExpired() {
        Certificates.Pair old = ours.issue("old", "dns:localhost", "-10d");
        try (TlsRedis redis = TlsRedis.start(ours, old, "no")) {
            assertThatThrownBy(() -> bench.dial(redis.url("localhost"), Tls.UNSET.trusting(ours.ca())))
                    .hasRootCauseInstanceOf(CertificateExpiredException.class);
            assertThat(redis.namedConnections()).isZero();
        }
    }

    @Test
    void showsItsCertificateWhereOneIsRequired() throws Throwable {
        Certificates.Pair own = ours.issue("node", "dns:node");
        try (TlsRedis redis = TlsRedis.start(ours, localhost, "yes")) {
            DialedConnection dialed = bench.dial(
                    redis.url("localhost"), Tls.UNSET.trusting(ours.ca()).showing(own));

            assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
        }
    }

    @Test
    void isRefusedWithoutTheCertificateThatIsRequired() {
        try (TlsRedis redis = TlsRedis.start(ours, localhost, "yes")) {
            assertThatThrownBy(() -> bench.dial(redis.url("localhost"), Tls.UNSET.trusting(ours.ca())))
                    .rootCause()
                    .hasMessageContaining("certificate_required");
            assertThat(redis.namedConnections()).isZero();
        }
    }

    @Test
    void connectsToAnybodyIfVerificationIsSwitchedOff() throws Throwable {
        Certificates.Pair elsewhere = ours.issue("anybody", "dns:redis.example", "-10d");
        try (TlsRedis redis = TlsRedis.start(ours, elsewhere, "no")) {
            DialedConnection dialed = bench.dial(redis.url("localhost"), Tls.UNSET.insecure());

            assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
        }
    }

    @Test
    void acceptsSettingsThatMakeSense() {
        RedisTls full = new RedisTls(Tls.UNSET.trusting(ours.ca()).showing(localhost));

        assertThatCode(() -> full.check(REDISS, bench.vertx)).doesNotThrowAnyException();
        assertThatCode(() -> new RedisTls(Tls.UNSET).check(REDISS, bench.vertx)).doesNotThrowAnyException();
    }

    @Test
    void settingsWithoutTlsAreRefused() {
        RedisTls tls = new RedisTls(Tls.UNSET.trusting(ours.ca()));

        assertThatThrownBy(() -> tls.check(new RedisAddress("redis://localhost"), bench.vertx))
                .hasMessageContaining("rediss://");
    }

    @Test
    void certificateWithoutKeyIsRefused() {
        Tls half = new Tls(Optional.empty(), Optional.of(localhost.cert()), Optional.empty(), false);

        assertThatThrownBy(() -> new RedisTls(half).check(REDISS, bench.vertx))
                .hasMessageContaining("tandem.redis.tls.key");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        RedisTls tls = new RedisTls(Tls.UNSET.trusting(files.resolve("absent.pem")));

        assertThatThrownBy(() -> tls.check(REDISS, bench.vertx))
                .hasMessageContainingAll("tandem.redis.tls.ca", "absent.pem");
    }

    @Test
    void fileWithoutCertificateIsNamed() throws IOException {
        Path empty = Files.writeString(files.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> new RedisTls(Tls.UNSET.trusting(empty)).check(REDISS, bench.vertx))
                .hasMessageContainingAll("tandem.redis.tls.ca", "empty.pem");
    }

    @Test
    void fileWithoutKeyIsNamedAndNotRepeated() throws IOException {
        Path broken = Files.writeString(
                files.resolve("broken.pem"), "-----BEGIN PRIVATE KEY-----\nsecret*\n-----END PRIVATE KEY-----\n");
        RedisTls tls = new RedisTls(Tls.UNSET.showing(new Certificates.Pair(localhost.cert(), broken)));

        assertThatThrownBy(() -> tls.check(REDISS, bench.vertx))
                .hasNoCause()
                .hasMessageContainingAll("tandem.redis.tls.key", "broken.pem")
                .hasMessageNotContaining("secret");
    }
}
