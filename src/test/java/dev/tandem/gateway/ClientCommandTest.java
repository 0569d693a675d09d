package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies how a command's name and fields become a command, and which field is blamed when they do not. */
class ClientCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final RoomId LOBBY = new RoomId("lobby");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("join", "{'room':'lobby'}", join(OptionalLong.empty(), Optional.empty())),
                Arguments.of("join", "{'room':'lobby','since':0}", join(OptionalLong.of(0), Optional.empty())),
                Arguments.of(
                        "join", "{'room':'lobby','since':7,'epoch':'e1'}", join(OptionalLong.of(7), Optional.of("e1"))),
                Arguments.of(
                        "join",
                        "{'room':'lobby','since':9223372036854775807}",
                        join(OptionalLong.of(Long.MAX_VALUE), Optional.empty())),
                Arguments.of(
                        "join",
                        "{'room':'lobby','since':null,'epoch':null}",
                        join(OptionalLong.empty(), Optional.empty())),
                Arguments.of("join", "{'room':'lobby','unknown':[1]}", join(OptionalLong.empty(), Optional.empty())),
                Arguments.of("leave", "{'room':'lobby'}", new ClientCommand.Leave(LOBBY)),
                Arguments.of("send", "{'room':'lobby','text':'hi'}", send("hi", Optional.empty(), null)),
                Arguments.of("send", "{'room':'lobby','text':''}", send("", Optional.empty(), null)),
                Arguments.of("send", "{'room':'lobby'}", send(null, Optional.empty(), null)),
                Arguments.of(
                        "send",
                        "{'room':'lobby','text':'hi','id':'m-1','data':{'a':[1]}}",
                        send("hi", Optional.of(new MessageId("m-1")), json("{'a':[1]}"))),
                Arguments.of(
                        "send",
                        "{'room':'lobby','text':'hi','data':'d'}",
                        send("hi", Optional.empty(), new TextNode("d"))),
                Arguments.of(
                        "send",
                        "{'room':'lobby','text':null,'id':null,'data':null}",
                        send(null, Optional.empty(), null)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void understandsCommands(String name, String fields, ClientCommand command) {
        assertThat(ClientCommand.parse(name, json(fields))).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "join; {}; room",
                "join; {'room':null}; room",
                "join; {'room':7}; room",
                "join; {'room':''}; room",
                "join; {'room':'a b'}; room",
                "join; {'room':'a\\nb'}; room",
                "join; {'room':['lobby']}; room",
                "join; {'room':'lobby','since':-1}; since",
                "join; {'room':'lobby','since':1.0}; since",
                "join; {'room':'lobby','since':'1'}; since",
                "join; {'room':'lobby','since':true}; since",
                "join; {'room':'lobby','since':9223372036854775808}; since",
                "join; {'room':'lobby','since':1e400}; since",
                "join; {'room':'lobby','epoch':1}; epoch",
                "leave; {}; room",
                "leave; {'room':'..'}; room",
                "send; {'text':'hi'}; room",
                "send; {'room':'#','text':'hi'}; room",
                "send; {'room':'lobby','text':5}; text",
                "send; {'room':'lobby','text':['hi']}; text",
                "send; {'room':'lobby','text':true}; text",
                "send; {'room':'lobby','text':'hi','id':5}; id",
                "send; {'room':'lobby','text':'hi','id':''}; id",
                "send; {'room':'lobby','text':'hi','id':'a b'}; id"
            })
    void blamesTheFieldThatIsWrong(String name, String fields, String field) {
        JsonNode given = json(fields);

        assertThatThrownBy(() -> ClientCommand.parse(name, given))
                .isInstanceOfSatisfying(TandemException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
                    assertThat(refusal.field()).contains(field);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JOIN", "join ", "shout", "message", "welcome", "toString"})
    void refusesCommandsThatThereAreNot(String name) {
        JsonNode given = json("{'room':'lobby'}");

        assertThatThrownBy(() -> ClientCommand.parse(name, given)).satisfies(ClientCommandTest::isInvalidCommand);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{'room':'lobby'}]", "'lobby'", "7", "true", "null"})
    void refusesFieldsThatAreNoObject(String fields) {
        JsonNode given = json(fields);

        assertThatThrownBy(() -> ClientCommand.parse("join", given)).satisfies(ClientCommandTest::isInvalidCommand);
    }

    @Test
    void refusesCommandsWithoutFields() {
        assertThatThrownBy(() -> ClientCommand.parse("join", null)).satisfies(ClientCommandTest::isInvalidCommand);
        assertThatThrownBy(() -> ClientCommand.parse("join", MissingNode.getInstance()))
                .satisfies(ClientCommandTest::isInvalidCommand);
    }

    private static void isInvalidCommand(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        TandemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_COMMAND));
    }

    private static ClientCommand join(OptionalLong since, Optional<String> epoch) {
        return new ClientCommand.Join(LOBBY, since, epoch);
    }

    private static ClientCommand send(String text, Optional<MessageId> id, JsonNode data) {
        return new ClientCommand.Send(LOBBY, text, id, data);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
