package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that cookies are signed as the npm package cookie-signature does it, and that only genuine ones are believed. */
class SessionCookieTest {
    private static final String GENUINE = "s%3Ahello.DGDUkGlIkCzPz%2BC0B064FNgHdEjox7ch8tOBGslZ5QI";

    private final SessionCookie cookie = new SessionCookie("connect.sid", List.of("tobiiscool"));

    /** {@code encodeURIComponent("s:" + require("cookie-signature").sign(sid, secret))} */
    @ParameterizedTest
    @CsvSource({
        "hello, tobiiscool, s%3Ahello.DGDUkGlIkCzPz%2BC0B064FNgHdEjox7ch8tOBGslZ5QI",
        "sid0, keyboard cat, s%3Asid0.hjffqvafnodC8S8w%2FeszTjZm%2Bk%2B2C%2FJcl%2BptM70Du%2F0",
        "q3v5x7z9, tandem-dev-secret, s%3Aq3v5x7z9.JEYSCH8NpkQflDxBvmCtRsa02AnLZM4L1Oz0CKEV7jo",
        "abc.def, first, s%3Aabc.def.Zw%2Fra%2FAN%2BFbe4uwO%2F%2B4clY%2BVZtZZyuo2EHapjAT6VxM"
    })
    void signsAndBelievesWhatExpressSigns(String sid, String secret, String value) {
        SessionCookie shared = new SessionCookie("connect.sid", List.of(secret));

        assertThat(shared.sign(sid)).isEqualTo(value);
        assertThat(shared.verify("connect.sid=" + value)).contains(sid);
    }

    @Test
    void signsWithTheFirstSecretAndBelievesAll() {
        SessionCookie rotated = new SessionCookie("connect.sid", List.of("new", "tobiiscool"));

        String value = rotated.sign("hello");

        assertThat(value).isEqualTo(new SessionCookie("connect.sid", List.of("new")).sign("hello"));
        assertThat(rotated.verify("connect.sid=" + value)).contains("hello");
        assertThat(rotated.verify("connect.sid=" + GENUINE)).contains("hello");
        assertThat(cookie.verify("connect.sid=" + value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect.sid=" + GENUINE,
                "theme=dark; connect.sid=" + GENUINE,
                "connect.sid=" + GENUINE + "; theme=dark",
                "a=1;connect.sid=" + GENUINE + ";b=2",
                " connect.sid = " + GENUINE + " ",
                "flag; connect.sid=" + GENUINE,
                "xconnect.sid=s%3Aeve.x; connect.sid=" + GENUINE,
                "connect.sid2=s%3Aeve.x; connect.sid=" + GENUINE
            })
    void findsItsCookieBesideOthers(String header) {
        assertThat(cookie.verify(header)).contains("hello");
    }

    static Stream<String> notGenuine() {
        String signature = "DGDUkGlIkCzPz%2BC0B064FNgHdEjox7ch8tOBGslZ5QI";
        Stream<String> values = Stream.of(
                "",
                "hello",
                "s%3A",
                "s%3Ahello",
                "s%3Ahello.",
                "s%3A." + signature,
                "s%3Ahellp." + signature,
                "s%3AHello." + signature,
                "s%3Ahello." + signature + "A",
                "s%3Ahello." + signature + "%3D",
                "s%3Ahello.A" + signature.substring(1),
                "s%3Ahello." + signature.substring(0, signature.length() - 1),
                "s%3Ahello." + signature.toLowerCase(Locale.ROOT),
                "s%3Ahello.hello." + signature,
                "hello." + signature,
                "S%3Ahello." + signature,
                "j%3Ahello." + signature,
                "s%3Ahello%00." + signature,
                "%",
                "%zz",
                "s%3Ahello.%E0%A4%A",
                "s%3A\u00e9.\u00e9",
                "x".repeat(10_000));
        return values.map(value -> "connect.sid=" + value);
    }

    @ParameterizedTest
    @MethodSource("notGenuine")
    void believesNothingForgedOrTruncated(String header) {
        assertThat(cookie.verify(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "=", ";;=;", "connect.sid", "theme=dark", "Connect.Sid=" + GENUINE, "=" + GENUINE})
    void findsNothingWhereItsCookieIsNot(String header) {
        assertThat(cookie.verify(header)).isEmpty();
    }

    @Test
    void findsNothingWithoutAHeader() {
        assertThat(cookie.verify(null)).isEmpty();
    }
}
