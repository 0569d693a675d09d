package dev.tandem.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies the table of who may do what to whom. */
class RightsTest {

    /** One letter for each standing: none, member, moderator, anybody in a room that is nobody's, owner, operator. */
    @ParameterizedTest
    @CsvSource({
        "TUNE,             nn, no",
        "TUNE,             bn, no",
        "TUNE,             mn, yes",
        "TUNE,             an, yes",
        "TUNE,             on, yes",
        "TUNE,             pn, yes",
        "UPDATE,           nn, no",
        "UPDATE,           bn, no",
        "UPDATE,           mn, no",
        "UPDATE,           an, yes",
        "UPDATE,           on, yes",
        "UPDATE,           pn, yes",
        "DELETE,           nn, no",
        "DELETE,           mn, no",
        "DELETE,           an, yes",
        "DELETE,           on, yes",
        "DELETE,           pn, yes",
        "INVITE,           nn, no",
        "INVITE,           bn, no",
        "INVITE,           mn, yes",
        "INVITE,           on, yes",
        "INVITE,           an, yes",
        "SEE_RESTRICTIONS, bn, no",
        "SEE_RESTRICTIONS, mn, yes",
        "SEE_RESTRICTIONS, pn, yes"
    })
    void whoMayDoWhat(Deed deed, String who, String may) {
        assertThat(Rights.may(standing(who.charAt(0)), deed, standing(who.charAt(1))))
                .isEqualTo(may.equals("yes"));
    }

    @ParameterizedTest
    @EnumSource(names = {"KICK", "BAN", "MUTE"})
    void onlyWhoStandsHigherDoesSomethingToSomebody(Deed deed) {
        String expected = """
                n: ------
                b: ------
                m: yy----
                a: yyy---
                o: yyyy--
                p: yyyyy-
                """;

        StringBuilder table = new StringBuilder();
        for (char actor : "nbmaop".toCharArray()) {
            table.append(actor).append(": ");
            for (char target : "nbmaop".toCharArray()) {
                table.append(Rights.may(standing(actor), deed, standing(target)) ? 'y' : '-');
            }
            table.append('\n');
        }

        assertThat(table).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // who gives, to whom, which role
        "nn, MEMBER, no", "bn, MEMBER, no", "mn, MEMBER, yes", "mb, NONE, yes", "mn, MODERATOR, no", "mm, NONE, no",
        "mo, MEMBER, no", "mn, OWNER, no", "on, MODERATOR, yes", "om, NONE, yes", "on, OWNER, yes", "om, OWNER, yes",
        "an, MODERATOR, yes", "an, OWNER, no", "am, NONE, yes", "po, NONE, yes", "pn, OWNER, yes", "po, MEMBER, yes"
    })
    void whoMayGiveWhichRole(String who, RoomRole role, String may) {
        assertThat(Rights.mayGive(standing(who.charAt(0)), role, standing(who.charAt(1)), false))
                .isEqualTo(may.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource({
        "n, MEMBER, no",
        "b, NONE, yes",
        "b, MODERATOR, no",
        "m, NONE, yes",
        "m, MEMBER, yes",
        "m, OWNER, no",
        "o, NONE, yes",
        "o, MODERATOR, yes",
        "o, OWNER, no",
        "n, NONE, no"
    })
    void everybodyMayGiveUpWhatTheyAre(String who, RoomRole role, String may) {
        Standing self = standing(who.charAt(0));

        assertThat(Rights.mayGive(self, role, self, true)).isEqualTo(may.equals("yes"));
    }

    private static Standing standing(char letter) {
        return switch (letter) {
            case 'n' -> Standing.NONE;
            case 'b' -> Standing.MEMBER;
            case 'm' -> Standing.MODERATOR;
            case 'a' -> Standing.ANYBODY;
            case 'o' -> Standing.OWNER;
            case 'p' -> Standing.OPERATOR;
            default -> throw new IllegalArgumentException("no standing: " + letter);
        };
    }
}
