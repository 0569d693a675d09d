package dev.tandem.redis;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How TLS connections to Redis are secured: whom the node trusts, and what it shows of itself. The files are read again for every
 * connection, off the event loop, so that renewed certificates are used from the next connection on.
 */
final class RedisTls {
    private static final Logger LOG = Logger.getLogger(RedisTls.class);
    private static final String PREFIX = "tandem.redis.tls.";

    private final RedisConfig.Tls config;

    RedisTls(RedisConfig.Tls config) {
        this.config = config;
    }

    /** Fails, with a message that names the setting, if the settings do not fit the address or a file is not what it should be. */
    void check(RedisAddress address, Vertx vertx) {
        boolean any = config.ca().isPresent()
                || config.cert().isPresent()
                || config.key().isPresent()
                || config.insecureSkipVerification();
        if (any && !address.isTls()) {
            throw new IllegalStateException(PREFIX + "* is set, but the connection would not be encrypted: "
                    + "tandem.redis.url must begin with rediss://");
        }
        if (config.cert().isPresent() != config.key().isPresent()) {
            throw new IllegalStateException(PREFIX + "cert and " + PREFIX + "key go together: one of them is not set");
        }
        checkFiles(vertx);
        if (config.insecureSkipVerification()) {
            LOG.warn(
                    "tandem.redis.tls.insecure-skip-verification is set: whoever is between this node and Redis can read and"
                            + " change everything");
        }
    }

    /** Makes connections with these options encrypted and, unless told otherwise, verified. */
    void secure(NetClientOptions net) {
        net.setSsl(true);
        if (config.insecureSkipVerification()) {
            net.setTrustAll(true).setHostnameVerificationAlgorithm("");
        } else {
            net.setHostnameVerificationAlgorithm("HTTPS");
            trusted().ifPresent(net::setTrustOptions);
        }
        own().ifPresent(net::setKeyCertOptions);
    }

    private Optional<PemTrustOptions> trusted() {
        return config.ca().map(ca -> new PemTrustOptions().addCertPath(absolute(ca)));
    }

    private Optional<PemKeyCertOptions> own() {
        return config.cert()
                .map(cert -> new PemKeyCertOptions()
                        .addCertPath(absolute(cert))
                        .addKeyPath(absolute(config.key().orElseThrow())));
    }

    private void checkFiles(Vertx vertx) {
        config.ca().ifPresent(ca -> checkReadable("ca", ca));
        config.cert().ifPresent(cert -> checkReadable("cert", cert));
        config.key().ifPresent(key -> checkReadable("key", key));
        try {
            for (PemTrustOptions trusted : trusted().stream().toList()) {
                trusted.getTrustManagerFactory(vertx);
            }
        } catch (Exception malformed) {
            throw new IllegalStateException(
                    PREFIX + "ca holds no certificates in PEM: " + config.ca().orElseThrow());
        }
        try {
            for (PemKeyCertOptions own : own().stream().toList()) {
                own.getKeyManagerFactory(vertx);
            }
        } catch (Exception mayRepeatTheKey) {
            throw new IllegalStateException(
                    PREFIX + "cert and " + PREFIX + "key hold no certificate and private key in PEM: "
                            + config.cert().orElseThrow() + ", " + config.key().orElseThrow());
        }
    }

    private static void checkReadable(String setting, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalStateException(PREFIX + setting + ": there is no file that can be read: " + file);
        }
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
