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
import dev.tandem.id.UserId;
import dev.tandem.room.RoomRole;
import java.util.List;
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
    private static final UserId ADA = new UserId("ada");

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
                Arguments.of(
                        "join",
                        "{'room':'lobby','password':'p','invitation':'i','changesSince':3}",
                        new ClientCommand.Join(
                                LOBBY,
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.of("p"),
                                Optional.of("i"),
                                OptionalLong.of(3))),
                Arguments.of(
                        "send",
                        "{'room':'lobby','text':'hi','replyTo':7,'mentions':['ada','bob']}",
                        new ClientCommand.Send(
                                LOBBY,
                                "hi",
                                Optional.empty(),
                                null,
                                Optional.of(7L),
                                List.of(new UserId("ada"), new UserId("bob")))),
                Arguments.of(
                        "edit",
                        "{'room':'lobby','seq':7,'text':'hi','data':null}",
                        new ClientCommand.Edit(LOBBY, 7, "hi", null)),
                Arguments.of("remove", "{'room':'lobby','seq':7}", new ClientCommand.Remove(LOBBY, 7)),
                Arguments.of(
                        "changes",
                        "{'room':'lobby','since':7,'epoch':'e'}",
                        new ClientCommand.ListChanges(LOBBY, OptionalLong.of(7), Optional.of("e"))),
                Arguments.of(
                        "react", "{'room':'lobby','seq':7,'emoji':'x'}", new ClientCommand.React(LOBBY, 7, "x", true)),
                Arguments.of(
                        "unreact",
                        "{'room':'lobby','seq':7,'emoji':'x'}",
                        new ClientCommand.React(LOBBY, 7, "x", false)),
                Arguments.of("reactions", "{'room':'lobby','seq':7}", new ClientCommand.ListReactions(LOBBY, 7)),
                Arguments.of("read", "{'room':'lobby','seq':7}", new ClientCommand.Read(LOBBY, 7)),
                Arguments.of("unread", "{}", new ClientCommand.ListUnread()),
                Arguments.of("leave", "{'room':'lobby'}", new ClientCommand.Leave(LOBBY)),
                Arguments.of("rooms", "{}", new ClientCommand.ListRooms(Optional.empty(), OptionalLong.empty())),
                Arguments.of(
                        "rooms",
                        "{'cursor':'lobby','limit':5}",
                        new ClientCommand.ListRooms(Optional.of(LOBBY), OptionalLong.of(5))),
                Arguments.of("room", "{'room':'lobby'}", new ClientCommand.LookAt(LOBBY)),
                Arguments.of(
                        "create",
                        "{'room':'lobby','topic':'t'}",
                        new ClientCommand.Create(LOBBY, json("{'room':'lobby','topic':'t'}"))),
                Arguments.of(
                        "update",
                        "{'room':'lobby','version':3}",
                        new ClientCommand.Update(LOBBY, OptionalLong.of(3), json("{'room':'lobby','version':3}"))),
                Arguments.of("delete", "{'room':'lobby'}", new ClientCommand.Delete(LOBBY, OptionalLong.empty())),
                Arguments.of(
                        "role",
                        "{'room':'lobby','user':'ada','role':'moderator'}",
                        new ClientCommand.GiveRole(LOBBY, ADA, RoomRole.MODERATOR)),
                Arguments.of("roles", "{'room':'lobby'}", new ClientCommand.ListRoles(LOBBY)),
                Arguments.of(
                        "kick",
                        "{'room':'lobby','user':'ada','reason':'r'}",
                        new ClientCommand.Kick(LOBBY, ADA, Optional.of("r"))),
                Arguments.of(
                        "ban",
                        "{'room':'lobby','user':'ada','for':60}",
                        new ClientCommand.Ban(LOBBY, ADA, Optional.of(60L), Optional.empty())),
                Arguments.of("unban", "{'room':'lobby','user':'ada'}", new ClientCommand.Unban(LOBBY, ADA)),
                Arguments.of("bans", "{'room':'lobby'}", new ClientCommand.ListBans(LOBBY)),
                Arguments.of(
                        "mute",
                        "{'room':'lobby','user':'ada'}",
                        new ClientCommand.Mute(LOBBY, ADA, Optional.empty(), Optional.empty())),
                Arguments.of("unmute", "{'room':'lobby','user':'ada'}", new ClientCommand.Unmute(LOBBY, ADA)),
                Arguments.of("mutes", "{'room':'lobby'}", new ClientCommand.ListMutes(LOBBY)),
                Arguments.of(
                        "invite",
                        "{'room':'lobby','uses':1,'expires':60}",
                        new ClientCommand.Invite(LOBBY, Optional.of(1L), Optional.of(60L))),
                Arguments.of("revoke-invitations", "{'room':'lobby'}", new ClientCommand.RevokeInvitations(LOBBY)),
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
                "join; {'room':'lobby','password':7}; password",
                "join; {'room':'lobby','invitation':[]}; invitation",
                "rooms; {'cursor':'..'}; cursor",
                "rooms; {'limit':'5'}; limit",
                "room; {}; room",
                "create; {'room':'a b'}; room",
                "update; {'room':'lobby','version':'3'}; version",
                "kick; {'room':'lobby'}; user",
                "kick; {'room':'lobby','user':'a b'}; user",
                "kick; {'room':'lobby','user':'ada','reason':7}; reason",
                "ban; {'room':'lobby','user':'ada','for':'1'}; for",
                "mute; {'room':'lobby','user':'ada','for':1.5}; for",
                "role; {'room':'lobby','user':'ada'}; role",
                "role; {'room':'lobby','user':'ada','role':'king'}; role",
                "invite; {'room':'lobby','uses':'1'}; uses",
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

    @Test
    void roomThatIsMadeWithoutAnIdGetsOne() {
        ClientCommand.Create create = (ClientCommand.Create) ClientCommand.parse("create", json("{'topic':'t'}"));

        assertThat(create.room()).isNotNull();
    }

    @Test
    void showsNoSecretsInALog() {
        String join = ClientCommand.parse("join", json("{'room':'lobby','password':'secret','invitation':'secret'}"))
                .toString();
        String update = ClientCommand.parse("update", json("{'room':'lobby','password':'secret'}"))
                .toString();

        assertThat(join + update).contains("lobby").doesNotContain("secret");
    }

    private static void isInvalidCommand(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        TandemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_COMMAND));
    }

    private static ClientCommand join(OptionalLong since, Optional<String> epoch) {
        return new ClientCommand.Join(LOBBY, since, epoch, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    private static ClientCommand send(String text, Optional<MessageId> id, JsonNode data) {
        return new ClientCommand.Send(LOBBY, text, id, data, Optional.empty(), List.of());
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
