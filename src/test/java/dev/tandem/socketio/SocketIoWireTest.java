package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies Socket.IO protocol 5 frame by frame, over namespaces that echo. */
@QuarkusTest
@TestProfile(SocketIoProfile.class)
class SocketIoWireTest {
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NORMAL = 1000;

    @TestHTTPResource("/")
    URI uri;

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(RawClient::close);
    }

    @Test
    void connectsToTheMainNamespace() {
        RawClient client = client().text("40");

        assertThat((String) client.next()).matches("40\\{\"sid\":\"[a-z0-9]{20}\"}");
        assertThat(client.next()).isEqualTo("42[\"auth\",{}]");
    }

    @Test
    void connectsWithAPayload() {
        RawClient client = client().text("40{\"token\":\"123\"}");

        assertThat((String) client.next()).startsWith("40{\"sid\":");
        assertThat(client.next()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }

    @Test
    void connectsToACustomNamespaceWithAPayload() {
        RawClient client = client().text("40/custom,{\"token\":\"abc\"}");

        assertThat((String) client.next()).startsWith("40/custom,{\"sid\":");
        assertThat(client.next()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    }

    @Test
    void unknownNamespaceIsRefusedAndTheSessionStays() {
        RawClient client = client().text("40/random");

        assertThat(client.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat((String) client.text("40/custom").next()).startsWith("40/custom,");
    }

    @Test
    void middlewareRefusesWithDataAndTheSessionStays() {
        RawClient client = client().text("40/lab-1,{}");

        assertThat((String) client.next())
                .startsWith("44/lab-1,{\"message\":\"no name\",\"data\":{")
                .contains("\"code\":42", "\"hint\":[\"name\"]");
        assertThat((String) client.text("40").next()).startsWith("40{");
    }

    @Test
    void middlewareThatThrowsSaysNothingOfWhy() {
        RawClient client = client().text("40/lab-1,{\"name\":\"broken\"}");

        assertThat(client.next()).isEqualTo("44/lab-1,{\"message\":\"internal error\"}");
    }

    @Test
    void oneNamespaceTooManyIsRefused() {
        RawClient client = connected();
        for (int i = 2; i <= 5; i++) {
            client.text("40/lab-" + i + ",{\"name\":\"n" + i + "\"}");
            assertThat((String) client.next()).startsWith("40/lab-" + i);
        }

        client.text("40/custom");

        assertThat(client.next()).isEqualTo("44/custom,{\"message\":\"too many namespaces\"}");
    }

    @Test
    void sessionWithoutNamespaceIsClosed() {
        assertThat(client().closed()).isEqualTo(NORMAL);
    }

    @Test
    void sessionThatWasRefusedIsClosedInTheEnd() {
        RawClient client = client().text("40/random");
        client.next();

        assertThat(client.closed()).isEqualTo(NORMAL);
    }

    @Test
    void sessionWhoseMiddlewareNeverEndsIsClosed() {
        RawClient client = client().text("40/lab-1,{\"name\":\"slow\"}");

        assertThat(client.closed()).isEqualTo(NORMAL);
    }

    @Test
    void middlewareThatNeverEndsRefuses() {
        RawClient client = connected().text("40/lab-1,{\"name\":\"slow\"}");

        assertThat(client.next()).isEqualTo("44/lab-1,{\"message\":\"timeout\"}");
        assertThat(client.text("42[\"message\"]").next()).isEqualTo("42[\"message-back\"]");
    }

    @Test
    void eventForANamespaceThatIsNotJoinedYetEndsTheSession() {
        RawClient client = connected().text("40/lab-1,{\"name\":\"slow\"}");

        client.text("42/lab-1,[\"hello\"]");

        assertThat(client.closed()).isEqualTo(NORMAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42/custom,[\"message\"]", "43/custom,1[]", "41/custom,", "42/random,[\"message\"]"})
    void packetForANamespaceThatIsNotJoinedEndsTheSession(String packet) {
        assertThat(connected().text(packet).closed()).isEqualTo(NORMAL);
    }

    @Test
    void secondConnectToOneNamespaceEndsTheSession() {
        assertThat(connected().text("40").closed()).isEqualTo(NORMAL);
    }

    @Test
    void disconnectLeavesOneNamespaceOnly() {
        RawClient client = connected().text("40/custom");
        client.next();
        client.next();

        client.text("41").text("42/custom,[\"message\",1]");

        assertThat(client.next()).isEqualTo("42/custom,[\"message-back\",1]");
        assertThat((String) client.text("40").next()).startsWith("40{");
    }

    @Test
    void echoesEvents() {
        RawClient client = connected().text("42[\"message\",1,\"2\",{\"3\":[true,null,1.5]}]");

        assertThat(client.next()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true,null,1.5]}]");
    }

    @Test
    void answersAcks() {
        RawClient client = connected().text("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");

        assertThat(client.next()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
    }

    @Test
    void echoesBinaryEvents() {
        RawClient client = connected()
                .text("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"a\":{\"_placeholder\":true,\"num\":1}}]")
                .binary(1, 2, 3)
                .binary(4, 5);

        assertThat(client.next())
                .isEqualTo(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"a\":{\"_placeholder\":true,\"num\":1}}]");
        assertThat(client.next()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(client.next()).isEqualTo(new byte[] {4, 5});
    }

    @Test
    void answersBinaryAcks() {
        RawClient client = connected()
                .text("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]")
                .binary(7);

        assertThat(client.next()).isEqualTo("461-789[{\"_placeholder\":true,\"num\":0}]");
        assertThat(client.next()).isEqualTo(new byte[] {7});
    }

    @Test
    void eventsOfOneSocketAreHandledInTheirOrder() {
        RawClient client = connected();
        for (int i = 0; i < 500; i++) {
            client.text("42[\"message\"," + i + "]");
        }

        for (int i = 0; i < 500; i++) {
            assertThat(client.next()).isEqualTo("42[\"message-back\"," + i + "]");
        }
    }

    @Test
    void ackThatNobodyWaitsForIsIgnored() {
        RawClient client = connected().text("4399[1]").text("42[\"message\"]");

        assertThat(client.next()).isEqualTo("42[\"message-back\"]");
    }

    @Test
    void eventThatNobodyHandlesIsIgnored() {
        RawClient client = connected().text("427[\"unknown\"]").text("42[\"message\"]");

        assertThat(client.next()).isEqualTo("42[\"message-back\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "49",
                "4",
                "42",
                "42{}",
                "42[]",
                "42[null]",
                "42[{}]",
                "42[\"a\"",
                "42abc[\"message-with-ack\",1,2,3]",
                "4299999999999999999999[\"message-with-ack\"]",
                "42[\"connect\"]",
                "42[\"disconnecting\"]",
                "43[]",
                "431{}",
                "44{\"message\":\"no\"}",
                "40[]",
                "41{}",
                "45[\"message\"]",
                "451[\"message\"]",
                "451-[\"message\"]",
                "454-[\"message\"]",
                "45x-[\"message\",{\"_placeholder\":true,\"num\":0}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":1}]",
                "461-[{\"_placeholder\":true,\"num\":0}]"
            })
    void malformedPacketEndsThatSessionOnly(String packet) {
        RawClient bystander = connected();

        int code = connected().text(packet).closed();

        assertThat(code).isEqualTo(PROTOCOL_ERROR);
        assertThat(bystander.text("42[\"message\"]").next()).isEqualTo("42[\"message-back\"]");
    }

    @Test
    void attachmentWithoutPacketEndsTheSession() {
        assertThat(connected().binary(1).closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void packetBeforeItsAttachmentsEndsTheSession() {
        RawClient client = connected()
                .text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]")
                .text("42[\"message\"]");

        assertThat(client.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void attachmentsThatAreTooBigEndTheSession() {
        RawClient client = connected().text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");

        assertThat(client.binary(new int[1001]).closed()).isEqualTo(PROTOCOL_ERROR);
    }

    private RawClient connected() {
        RawClient client = client().text("40");
        client.next();
        client.next();
        return client;
    }

    private RawClient client() {
        RawClient client = new RawClient(uri);
        clients.add(client);
        return client;
    }
}
