package dev.tandem.cluster.codec;

import static dev.tandem.cluster.codec.Values.bytes;
import static dev.tandem.cluster.codec.Values.json;
import static dev.tandem.cluster.codec.Values.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the formats that the captured messages lack: those of older peers and of other languages, and broken ones. */
class MessagePackTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "91d40000                       | [null]                       | undefined in a list",
                "82a161d40000a16201             | {\"b\":1}                    | undefined in a map",
                "8101d40000                     | {}                           | undefined under a number",
                "84 0102 c003 c304 ca3fc0000005 | {\"1\":2,\"null\":3,\"true\":4,\"1.5\":5} | keys of any kind",
                "81c4016101                     | {\"a\":1}                    | a binary key",
                "82a16101a16102                 | {\"a\":2}                    | a key twice",
                "ca3fc00000                     | 1.5                          | float 32",
                "cb4008000000000000             | 3                            | an integer as a float",
                "cb8000000000000000             | 0                            | minus zero",
                "cb7ff0000000000000             | null                         | infinity",
                "cfffffffffffffffff             | 18446744073709551615         | the greatest uint 64",
                "cf0020000000000001             | 9007199254740993             | more than JavaScript's integers",
                "d38000000000000000             | -9223372036854775808         | the least int 64",
                "cd0001                         | 1                            | an integer longer than need be",
                "d90161                         | \"a\"                        | a text longer than need be",
                "dd00000001c0                   | [null]                       | a list longer than need be",
                "df00000001a161c0               | {\"a\":null}                 | a map longer than need be",
                "a2c328                         | \"\\ufffd(\"                 | a text that is no UTF-8",
                "d6ff00000000                   | \"1970-01-01T00:00:00.000Z\" | timestamp 32",
                "d7ffee2e1f0065a00070           | \"2024-01-11T14:51:28.999Z\" | timestamp 64",
                "c70cff00000000fffffff1868a3280 | \"-000001-12-31T00:00:00.000Z\" | timestamp 96 before Christ",
                "c70cff000f42400000003afff44180 | \"+010000-01-01T00:00:00.001Z\" | timestamp 96 of five figures",
                "c70cff000000007fffffffffffffff | null                         | a timestamp beyond the calendar",
                "d7000000018bcfe5687b           | \"2023-11-14T22:13:20.123Z\" | a date of older peers",
            })
    void reads(String hex, String json, String what) {
        JsonNode value = MessagePackReader.read(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(value).isEqualTo(json(json));
    }

    @Test
    void readsWhatIsBinary() {
        assertThat(read("c70200aabb")).as("of older peers").isEqualTo(bytes(0xaa, 0xbb));
        assertThat(read("d52aaabb")).as("an unknown extension").isEqualTo(list(42, bytes(0xaa, 0xbb)));
        assertThat(read("c803ff0500" + "00".repeat(0x3fe)))
                .as("an unknown extension of 16 bits")
                .isEqualTo(list(5, bytes(new int[0x3ff])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "c1", // never used
                "c0c0", // one value too many
                "92c0", // a list cut short
                "81a161", // a map cut short
                "a361", // a text cut short
                "cd00", // a number cut short
                "ddffffffff", // four billion values, none of them here
                "dfffffffff",
                "dbffffffff",
                "c6ffffffff",
                "c9ffffffff00",
                "8190c0", // a list for a key
            })
    void refuses(String hex) {
        assertThatExceptionOfType(MalformedClusterMessage.class).isThrownBy(() -> read(hex));
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThat(read("91".repeat(Limits.DEPTH) + "c0")).isNotNull();
        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> read("91".repeat(Limits.DEPTH + 1) + "c0"));
        assertThatIllegalArgumentException().isThrownBy(() -> MessagePackWriter.write(nested(Limits.DEPTH + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonText.write(nested(Limits.DEPTH + 1)));
    }

    @Test
    void writesNumbersByTheirValue() {
        BigInteger two64 = BigInteger.TWO.pow(64);

        assertThat(write(DoubleNode.valueOf(-0.0))).isEqualTo("00");
        assertThat(write(DoubleNode.valueOf(200.0))).isEqualTo("ccc8");
        assertThat(write(DoubleNode.valueOf(Double.NaN))).isEqualTo("c0");
        assertThat(write(BigIntegerNode.valueOf(BigInteger.TEN))).isEqualTo("0a");
        assertThat(write(BigIntegerNode.valueOf(two64.subtract(BigInteger.ONE))))
                .isEqualTo("cfffffffffffffffff");
        assertThat(write(BigIntegerNode.valueOf(two64))).isEqualTo("cb43f0000000000000");
    }

    @Test
    void refusesToWriteWhatIsNoJson() {
        assertThatIllegalArgumentException().isThrownBy(() -> MessagePackWriter.write(new POJONode(this)));
    }

    private static JsonNode read(String hex) {
        return MessagePackReader.read(HexFormat.of().parseHex(hex));
    }

    private static String write(JsonNode value) {
        return HexFormat.of().formatHex(MessagePackWriter.write(value));
    }

    private static JsonNode nested(int depth) {
        ArrayNode value = JsonNodeFactory.instance.arrayNode();
        for (int at = 1; at < depth; at++) {
            value = JsonNodeFactory.instance.arrayNode().add(value);
        }
        return value;
    }
}
