package dev.tandem.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of a test's own, and certificates that it signs, in PEM files; made with the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    /** The files of one certificate. */
    public record Pair(Path cert, Path key) {}

    private final Path dir;
    private final Path store;

    private Certificates(Path dir) {
        this.dir = dir;
        this.store = dir.resolve("store.p12");
    }

    /** A new authority, which signs nothing yet. */
    public static Certificates create() {
        try {
            Path target =
                    Files.createDirectories(Path.of("target", "certificates").toAbsolutePath());
            Certificates certificates = new Certificates(Files.createTempDirectory(target, "ca"));
            certificates.keytool(
                    "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", certificates.name(), "-ext", "bc:c");
            return certificates;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Two authorities are two names, as in life. */
    private String name() {
        return "CN=" + dir.getFileName();
    }

    /** The authority's own certificate. */
    public Path ca() {
        return certificate("ca");
    }

    /** A certificate for these names, such as {@code dns:localhost,ip:127.0.0.1}. */
    public Pair issue(String alias, String names) {
        return issue(alias, names, "-1H");
    }

    /** A certificate whose two days began at {@code start}, in the words of keytool. */
    public Pair issue(String alias, String names, String start) {
        Path request = dir.resolve(alias + ".csr");
        Path signed = dir.resolve(alias + ".crt");
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias);
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", "ca", "-validity", "2"));
        sign.addAll(List.of("-startdate", start, "-ext", "san=" + names));
        sign.addAll(List.of("-infile", request.toString(), "-outfile", signed.toString()));
        keytool(sign.toArray(String[]::new));
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", signed.toString());
        return new Pair(certificate(alias), key(alias));
    }

    private Path certificate(String alias) {
        try {
            Certificate found = open().getCertificate(alias);
            return write(alias + "-cert.pem", "CERTIFICATE", found.getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Path key(String alias) {
        try {
            Key found = open().getKey(alias, PASSWORD.toCharArray());
            return write(alias + "-key.pem", "PRIVATE KEY", found.getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private KeyStore open() throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path write(String name, String what, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
        try {
            return Files.write(dir.resolve(name), pem.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keytool(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool says " + said);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
