package dev.tandem.redis;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where Redis is, and the bounds of the pair. */
@ConfigMapping(prefix = "tandem.redis")
public interface RedisConfig {
    /** {@code redis://} or {@code rediss://}, with user, password and database; an embedded Redis is started when not set. */
    Optional<String> url();

    /** The Redis that is started where no URL is set. */
    Embedded embedded();

    /** The sentinels that know where the primary is; login, database and encryption are still those of the URL. */
    Sentinel sentinel();

    /** The cluster that Redis is; login and encryption are still those of the URL. */
    Cluster cluster();

    /** How connections to a {@code rediss://} URL are secured. */
    Tls tls();

    /** How long one attempt to connect may take, from the TCP handshake to the connection's name being set. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long a command may take, waiting included, before it fails. */
    @WithDefault("2s")
    Duration commandTimeout();

    /** How many replicas must have a message before its sender is told so; 0 asks none. */
    @WithDefault("0")
    int minReplicas();

    /** How long the replicas may take for that; everything else that the node asks of Redis waits behind it. */
    @WithDefault("1s")
    Duration replicaTimeout();

    /** Commands that may be on the wire at once; more wait their turn. */
    @WithDefault("10000")
    int maxInFlight();

    /** Commands that may wait, for their turn or for a connection; one more is refused at once. */
    @WithDefault("20000")
    int maxQueued();

    /** Bytes of all waiting commands together; one more is refused at once. */
    @WithDefault("16M")
    MemorySize maxQueuedBytes();

    /** How often both connections are probed end to end. */
    @WithDefault("1s")
    Duration probeInterval();

    /** A probe that is not answered after this time, while nothing else comes either, tears its connection down. */
    @WithDefault("2s")
    Duration probeTimeout();

    /** How long the last commands, and then each connection's QUIT, may take at stop. */
    @WithDefault("1s")
    Duration closeTimeout();

    /** How often the state of the pair is logged, at debug. */
    @WithDefault("30s")
    String reportEvery();

    /** How long to wait before connecting again. */
    Backoff backoff();

    /** Attempts in a row after which a connection is given up, and the node stays unready for good; 0 for never. */
    @WithDefault("0")
    int maxAttempts();

    /** A node that has not been ready once after this time ends itself; it waits, unready, when not set. */
    Optional<Duration> failFast();

    /** The wait before attempt n is {@code min(n x step, max)}, changed at random by up to {@code jitter} of itself. */
    interface Backoff {
        @WithDefault("100ms")
        Duration step();

        @WithDefault("3s")
        Duration max();

        @WithDefault("0.2")
        double jitter();
    }

    /** The server must prove who it is, by a trusted certificate that has its host's name, unless that is switched off. */
    interface Tls {
        /** PEM file with the certificates to trust instead of those that Java trusts. */
        Optional<Path> ca();

        /** PEM file with the node's own certificate, and those between it and its CA. */
        Optional<Path> cert();

        /** PEM file with the private key of {@link #cert()}, not encrypted. */
        Optional<Path> key();

        /** Accepts any certificate: whoever is on the way can read and change everything. */
        @WithDefault("false")
        boolean insecureSkipVerification();
    }

    /** Where a primary and its replicas are watched by Redis Sentinel. */
    interface Sentinel {
        /** The primary's name among the sentinels; the host in {@link #url()} means nothing if this is set. */
        Optional<String> master();

        /** The sentinels, as {@code host:port}. */
        Optional<List<String>> nodes();

        /** The user that the sentinels want. */
        Optional<String> user();

        /** The password that the sentinels want. */
        Optional<String> password();
    }

    /** Where Redis is a cluster. */
    interface Cluster {
        /** Some of its servers, as {@code host:port}; the host in {@link #url()} means nothing if this is set. */
        Optional<List<String>> nodes();

        /** How often the cluster is asked who has which slots, even if nothing seems to have changed. */
        @WithDefault("10s")
        Duration refresh();
    }

    /** The embedded Redis. */
    interface Embedded {
        /** Where it keeps its data, over restarts. */
        @WithDefault("data/redis")
        Path dir();

        /** Its port on loopback; a free one when not set. */
        OptionalInt port();
    }
}
