package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.TandemNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that each rule of a room is kept on each door, with the same code. */
@QuarkusTest
class RoomRulesTest {
    @TestHTTPResource("/")
    URI uri;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String room = "rules-" + RoomId.random();

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    /** What somebody wants who has that role, and what comes of it; {@code guest} is another one, without a role. */
    static Stream<Arguments> deeds() {
        List<String> rows = List.of(
                "none | update | {'topic':'t'} | forbidden",
                "none | update | {'locked':true} | forbidden",
                "none | delete | {} | forbidden",
                "none | role | {'user':'guest','role':'member'} | forbidden",
                "none | kick | {'user':'guest'} | forbidden",
                "none | ban | {'user':'guest'} | forbidden",
                "none | unban | {'user':'guest'} | forbidden",
                "none | mute | {'user':'guest'} | forbidden",
                "none | unmute | {'user':'guest'} | forbidden",
                "none | invite | {} | forbidden",
                "none | revoke-invitations | {} | forbidden",
                "none | bans | {} | forbidden",
                "none | mutes | {} | forbidden",
                "none | roles | {} | not_a_member",
                "none | room | {} | ok",
                "member | roles | {} | ok",
                "member | kick | {'user':'guest'} | forbidden",
                "member | update | {'topic':'t'} | forbidden",
                "moderator | update | {'topic':'t'} | ok",
                "moderator | update | {'locked':true,'slowMode':3} | ok",
                "moderator | update | {'name':'n'} | forbidden",
                "moderator | update | {'password':'secret'} | forbidden",
                "moderator | delete | {} | forbidden",
                "moderator | role | {'user':'guest','role':'member'} | ok",
                "moderator | role | {'user':'guest','role':'moderator'} | forbidden",
                "moderator | role | {'user':'owner','role':'none'} | forbidden",
                "moderator | kick | {'user':'guest'} | ok",
                "moderator | kick | {'user':'owner'} | forbidden",
                "moderator | ban | {'user':'guest','for':60,'reason':'why'} | ok",
                "moderator | ban | {'user':'owner'} | forbidden",
                "moderator | ban | {'user':'guest','for':0} | invalid_field",
                "moderator | unban | {'user':'guest'} | ok",
                "moderator | mute | {'user':'guest'} | ok",
                "moderator | mute | {'user':'owner'} | forbidden",
                "moderator | unmute | {'user':'guest'} | ok",
                "moderator | invite | {'uses':1,'expires':60} | ok",
                "moderator | invite | {'uses':0} | invalid_field",
                "moderator | revoke-invitations | {} | ok",
                "moderator | bans | {} | ok",
                "moderator | mutes | {} | ok",
                "owner | update | {'name':'n','password':'secret','metadata':{'a':1}} | ok",
                "owner | update | {'topic':'t','version':1} | ok",
                "owner | update | {'topic':'t','version':2} | version_conflict",
                "owner | update | {'capacity':0} | invalid_field",
                "owner | delete | {'version':2} | version_conflict",
                "owner | delete | {'version':1} | ok",
                "owner | role | {'user':'guest','role':'moderator'} | ok",
                "owner | role | {'user':'guest','role':'owner'} | ok",
                "owner | role | {'user':'guest','role':'king'} | invalid_field",
                "owner | kick | {'user':'guest'} | ok",
                "owner | ban | {'user':'owner'} | forbidden");
        return Stream.of(Door.values()).flatMap(door -> rows.stream().map(row -> Arguments.of(door, row)));
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void everybodyDoesWhatTheyMay(Door door, String row) {
        String[] parts = row.split(" \\| ");
        Visitor actor = come(door);
        Visitor owner = parts[0].equals("owner") ? actor : come(Door.HTTP);
        Visitor guest = come(Door.HTTP);
        done(owner, "create", fields());
        if (!parts[0].equals("owner") && !parts[0].equals("none")) {
            done(owner, "role", fields().put("user", actor.user()).put("role", parts[0]));
        }
        String given =
                parts[2].replace("'guest'", "'" + guest.user() + "'").replace("'owner'", "'" + owner.user() + "'");

        String outcome =
                actor.outcome(parts[1], fields(given.replace("'role':'" + owner.user() + "'", "'role':'owner'")));

        assertThat(outcome).isEqualTo(parts[3]);
    }

    @ParameterizedTest
    @EnumSource
    void bannedUserSaysNothing(Door door) {
        Visitor owner = owner(fields());
        Visitor visitor = come(door);
        done(owner, "ban", fields().put("user", visitor.user()));

        String command = visitor.hasSocket() ? "join" : "send";

        assertThat(visitor.outcome(command, fields().put("text", "hi"))).isEqualTo("banned");
    }

    @ParameterizedTest
    @EnumSource
    void unbannedUserMayComeAgain(Door door) {
        Visitor owner = owner(fields());
        Visitor visitor = come(door);
        done(owner, "ban", fields().put("user", visitor.user()));
        done(owner, "unban", fields().put("user", visitor.user()));

        assertThat(joinAndSend(visitor)).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void mutedUserSaysNothingUntilUnmuted(Door door) {
        Visitor owner = owner(fields());
        Visitor visitor = come(door);
        done(owner, "mute", fields().put("user", visitor.user()).put("for", 600));

        String muted = joinAndSend(visitor);
        JsonNode refusal = visitor.say("send", fields().put("text", "hi"));
        done(owner, "unmute", fields().put("user", visitor.user()));

        assertThat(muted).isEqualTo("muted");
        if (visitor.hasSocket()) {
            assertThat(refusal.path("error").path("retryAfter").asLong()).isBetween(500L, 600L);
        }
        assertThat(visitor.outcome("send", fields().put("text", "hi"))).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void usersWaitBetweenTwoMessagesInSlowMode(Door door) {
        Visitor owner = owner(fields().put("slowMode", 600));
        Visitor visitor = come(door);

        String first = joinAndSend(visitor);
        JsonNode second = visitor.say("send", fields().put("text", "again"));

        assertThat(first).isEqualTo("ok");
        assertThat(second.path("error").path("code").asText()).isEqualTo("slow_mode");
        if (visitor.hasSocket()) {
            assertThat(second.path("error").path("retryAfter").asLong()).isBetween(500L, 600L);
        }
        assertThat(owner.outcome("send", fields().put("text", "a"))).isEqualTo("ok");
        assertThat(owner.outcome("send", fields().put("text", "b"))).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void repeatOfAMessageIsNoSecondOneInSlowMode(Door door) {
        owner(fields().put("slowMode", 600));
        Visitor visitor = come(door);
        joinAndSend(visitor, "m-1");

        assertThat(visitor.outcome("send", fields().put("text", "hi").put("id", "m-1")))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyComesIntoALockedRoomButThoseWithARole(Door door) {
        Visitor owner = owner(fields().put("locked", true));
        Visitor visitor = come(door);

        String outside = joinAndSend(visitor);
        done(owner, "role", fields().put("user", visitor.user()).put("role", "member"));

        assertThat(outside).isEqualTo(visitor.hasSocket() ? "room_locked" : "not_a_member");
        assertThat(joinAndSend(visitor)).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void passwordIsAskedFor(Door door) {
        owner(fields().put("password", "open sesame"));
        Visitor visitor = come(door);

        assertThat(visitor.outcome("join", fields())).isEqualTo("password_required");
        assertThat(visitor.outcome("join", fields().put("password", "Open sesame")))
                .isEqualTo("wrong_password");
        assertThat(visitor.outcome("join", fields().put("password", "open sesame")))
                .isEqualTo("ok");
        assertThat(visitor.outcome("send", fields().put("text", "hi"))).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void roomWithoutPasswordTakesAny(Door door) {
        owner(fields());

        assertThat(come(door).outcome("join", fields().put("password", "whatever")))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void fullRoomTakesNobodyButAnotherConnectionOfOneInIt(Door door) {
        Visitor owner = owner(fields().put("capacity", 1));
        Visitor first = come(door);
        Visitor second = come(door);
        done(first, "join", fields());

        assertThat(second.outcome("join", fields())).isEqualTo("room_full");
        done(owner, "role", fields().put("user", second.user()).put("role", "moderator"));
        assertThat(second.outcome("join", fields())).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void invitationLetsInAsOftenAsItSays(Door door) {
        Visitor owner = owner(fields().put("locked", true).put("password", "open sesame"));
        String token =
                done(owner, "invite", fields().put("uses", 1)).path("token").asText();

        assertThat(come(door).outcome("join", fields().put("invitation", "x" + token)))
                .isEqualTo("invalid_invitation");
        assertThat(come(door).outcome("join", fields().put("invitation", token)))
                .isEqualTo("ok");
        assertThat(come(door).outcome("join", fields().put("invitation", token)))
                .isEqualTo("invalid_invitation");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void revokedInvitationLetsNobodyIn(Door door) {
        Visitor owner = owner(fields().put("locked", true));
        String token = done(owner, "invite", fields()).path("token").asText();
        done(owner, "revoke-invitations", fields());

        assertThat(come(door).outcome("join", fields().put("invitation", token)))
                .isEqualTo("invalid_invitation");
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreShownToMembersAndThePasswordToNobody(Door door) {
        Visitor owner = come(door);
        Visitor visitor = come(door);
        ObjectNode given = fields("{'topic':'t','password':'open sesame','capacity':5,'slowMode':2}");
        given.putObject("metadata").put("color", "red");
        done(owner, "create", given);

        JsonNode own = done(owner, "room", fields());
        JsonNode seen = done(visitor, "room", fields());

        assertThat(own.path("details").path("owner").asText()).isEqualTo(owner.user());
        assertThat(own.path("details").path("metadata").path("color").asText()).isEqualTo("red");
        assertThat(own.path("details").path("slowMode").asInt()).isEqualTo(2);
        assertThat(seen.path("details").path("topic").asText()).isEqualTo("t");
        assertThat(seen.path("details").path("passwordRequired").asBoolean()).isTrue();
        assertThat(seen.path("details").has("metadata")).isFalse();
        assertThat(seen.path("details").has("owner")).isFalse();
        assertThat(own.toString() + seen).doesNotContain("sesame").doesNotContain("pbkdf2");
    }

    @ParameterizedTest
    @EnumSource
    void eachChangeOfSettingsIsANewVersion(Door door) {
        Visitor owner = come(door);
        done(owner, "create", fields());

        JsonNode first = done(owner, "update", fields("{'topic':'a','emptyTtl':60}"));
        JsonNode second = done(owner, "update", fields("{'topic':null,'emptyTtl':null}"));

        assertThat(first.path("details").path("version").asInt()).isEqualTo(2);
        assertThat(first.path("details").path("topic").asText()).isEqualTo("a");
        assertThat(first.path("details").path("emptyTtl").asInt()).isEqualTo(60);
        assertThat(second.path("details").path("version").asInt()).isEqualTo(3);
        assertThat(second.path("details").has("topic")).isFalse();
        assertThat(second.path("details").has("emptyTtl")).isFalse();
    }

    private Visitor owner(ObjectNode settings) {
        Visitor owner = come(Door.HTTP);
        done(owner, "create", settings);
        return owner;
    }

    private Visitor come(Door door) {
        Visitor visitor = Visitor.come(uri, door);
        visitors.add(visitor);
        return visitor;
    }

    private String joinAndSend(Visitor visitor) {
        return joinAndSend(visitor, RoomId.random().value());
    }

    private String joinAndSend(Visitor visitor, String id) {
        if (visitor.hasSocket()) {
            String joined = visitor.outcome("join", fields());
            if (!joined.equals("ok")) {
                return joined;
            }
        }
        return visitor.outcome("send", fields().put("text", "hi").put("id", id));
    }

    private static JsonNode done(Visitor visitor, String command, ObjectNode fields) {
        JsonNode answer = visitor.say(command, fields);
        assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
        return answer;
    }

    private ObjectNode fields() {
        return Peer.fields().put("room", room);
    }

    private ObjectNode fields(String json) {
        try {
            ObjectNode fields = (ObjectNode) TandemNode.JSON.readTree(json.replace('\'', '"'));
            return fields.put("room", room);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
