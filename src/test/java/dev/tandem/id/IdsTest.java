package dev.tandem.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies which texts become ids, and that all others are refused as the fault of one field. */
class IdsTest {
    private static final Kind ROOM = new Kind("room", RoomId::new);
    private static final Kind MESSAGE = new Kind("id", MessageId::new);
    private static final Kind USER = new Kind("user", UserId::new);
    private static final Kind NODE = new Kind("tandem.node.id", NodeId::new);
    private static final Kind EVENT = new Kind("name", EventName::new);
    private static final List<Kind> ALL = List.of(ROOM, MESSAGE, USER, NODE, EVENT);

    /** A kind of id, by the field that is blamed for a wrong one. */
    private record Kind(String field, Function<String, Record> create) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                        each(ROOM, "a", "Z", "7", "_", "lobby", "lobby.2", "a-b_c.d~e", "0", "a..b", "x".repeat(64)),
                        each(MESSAGE, "a", "!", "~", "0b1f6f7e-5b0c", "a#b/c\\d\"e'f{g}h", "..", "x".repeat(128)),
                        each(USER, "a", "_", "-", "9", "Ada-Lovelace_1", "x".repeat(64)),
                        each(NODE, "a", ".", "-", "tandem-0.tandem", "node_1", "x".repeat(64)),
                        each(EVENT, "a", "0", ".", ":", "_", "-", "game:move.1", "x".repeat(64)))
                .flatMap(Function.identity());
    }

    static Stream<Arguments> refused() {
        Stream<Arguments> byAll = ALL.stream()
                .flatMap(kind -> each(
                        kind,
                        null,
                        "",
                        " ",
                        "a b",
                        " a",
                        "a ",
                        "a\r\nb",
                        "a\n",
                        "\na",
                        "a\r",
                        "a\tb",
                        "a\u0000b",
                        "\u0000",
                        "a\u007fb",
                        "a\u0085",
                        "a\u2028",
                        "a\u202eb",
                        "\u200b",
                        "\u00e9",
                        "\u0663",
                        "\uff41",
                        "\ud83d\ude00",
                        "\ud83d",
                        "x".repeat(10 * 1024)));
        Stream<Arguments> bySome = Stream.of(
                        each(ROOM, "..", ".", ".a", "-a", "~a", "a#b", "#", "{a}", "a{", "a}b", "a/b", "a\\b", "a:b"),
                        each(ROOM, "a%b", "a*", "a?b", "a&b", "a,b", "a\"b", "a'b", "a@b", "<a>", "x".repeat(65)),
                        each(MESSAGE, "x".repeat(129)),
                        each(USER, "..", "a.b", "a~b", "a#b", "{a}", "a/b", "a:b", "a|b", "a\"b", "x".repeat(65)),
                        each(NODE, "a~b", "a#b", "{a}", "a/b", "a:b", "a%b", "x".repeat(65)),
                        each(EVENT, "A", "aB", "a~b", "a/b", "{a}", "a\"b", "x".repeat(65)))
                .flatMap(Function.identity());
        return Stream.concat(byAll, bySome);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void keepsAValidText(Kind kind, String text) {
        Record id = kind.create().apply(text);

        assertThat(id).hasToString(text).isEqualTo(kind.create().apply(text));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesEverythingElseAndNamesTheField(Kind kind, String text) {
        assertThatThrownBy(() -> kind.create().apply(text)).isInstanceOfSatisfying(InvalidId.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(refusal.field()).contains(kind.field());
            assertThat(refusal)
                    .isInstanceOf(TandemException.class)
                    .hasMessageStartingWith("'" + kind.field() + "' must be ");
        });
    }

    static Stream<Arguments> minted() {
        return Stream.of(
                Arguments.of(ROOM, (Mint) () -> RoomId.random().value(), 16),
                Arguments.of(MESSAGE, (Mint) () -> MessageId.random().value(), 20),
                Arguments.of(USER, (Mint) () -> UserId.random().value(), 16),
                Arguments.of(NODE, (Mint) () -> NodeId.random().value(), 8));
    }

    private interface Mint {
        String mint();
    }

    @ParameterizedTest
    @MethodSource("minted")
    void mintsValidIdsThatDiffer(Kind kind, Mint mint, int length) {
        List<String> ids = Stream.generate(mint::mint).limit(200).toList();

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id).hasSize(length).matches("[a-z][a-z0-9]*");
            assertThat(kind.create().apply(id)).hasToString(id);
        });
    }

    private static Stream<Arguments> each(Kind kind, String... texts) {
        return Stream.of(texts).map(text -> Arguments.of(kind, text));
    }
}
