package dev.tandem.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies of what random texts are made, and that nothing of them is likelier than the rest. */
class RandomTextTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String ALL = LETTERS + "0123456789";
    private static final int LENGTH = 25;
    private static final int TEXTS = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9, 10, 11, 20, 32, 40})
    void lettersAndDigitsBehindALetter(int length) {
        assertThat(RandomText.letters(length)).matches("[a-z][a-z0-9]{" + (length - 1) + "}");
    }

    @Test
    void noneComesTwice() {
        assertThat(IntStream.range(0, TEXTS)
                        .mapToObj(i -> RandomText.letters(LENGTH))
                        .collect(Collectors.toSet()))
                .hasSize(TEXTS);
    }

    /** Each is as often in each place as it should be, give or take six standard deviations: else in one run of a hundred thousand. */
    @Test
    void everyCharacterIsAsLikelyAsAnyOtherInEveryPlace() {
        int[][] counts = new int[LENGTH][ALL.length()];
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.letters(LENGTH);
            for (int place = 0; place < LENGTH; place++) {
                counts[place][ALL.indexOf(text.charAt(place))]++;
            }
        }

        for (int place = 0; place < LENGTH; place++) {
            int choices = place == 0 ? LETTERS.length() : ALL.length();
            double expected = (double) TEXTS / choices;
            double deviation = Math.sqrt(expected * (1 - 1.0 / choices));
            for (int choice = 0; choice < choices; choice++) {
                assertThat((double) counts[place][choice])
                        .isBetween(expected - 6 * deviation, expected + 6 * deviation);
            }
        }
    }
}
