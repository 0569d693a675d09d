package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that what is counted is bytes, not characters. */
class Utf8Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\u00e4\u00f6\u00fc", "\u20ac\u20ac", "\ud83d\ude00", "a\u20acb\ud83d\ude00"})
    void textIsLongerThanAnythingBelowItsBytes(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;

        assertThat(Utf8.length(text)).isEqualTo(bytes);
        assertThat(Utf8.isLonger(text, bytes)).isFalse();
        assertThat(Utf8.isLonger(text, bytes - 1L)).isTrue();
    }
}
