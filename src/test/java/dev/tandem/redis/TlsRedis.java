package dev.tandem.redis;

/** A real Redis that takes TLS connections on a port of its own; its plain port is for the test's console only. */
public final class TlsRedis implements AutoCloseable {
    private final int port;
    private final RedisProcess process;

    private TlsRedis(int port, RedisProcess process) {
        this.port = port;
        this.process = process;
    }

    /** A server that shows {@code own}, and asks clients for a certificate of that authority if {@code clients} is "yes". */
    public static TlsRedis start(Certificates authority, Certificates.Pair own, String clients) {
        int port = FreePorts.next();
        RedisProcess process = RedisProcess.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                own.cert().toString(),
                "--tls-key-file",
                own.key().toString(),
                "--tls-ca-cert-file",
                authority.ca().toString(),
                "--tls-auth-clients",
                clients);
        return new TlsRedis(port, process);
    }

    public String url(String host) {
        return "rediss://" + host + ":" + port;
    }

    public RedisConsole console() {
        return process.console();
    }

    /** How many connections have come so far that they have one of Tandem's names. */
    int namedConnections() {
        try (RedisConsole console = console()) {
            return console.tandemConnections().size();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
