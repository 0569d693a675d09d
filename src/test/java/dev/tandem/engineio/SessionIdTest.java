package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that a session's owner is found by its {@code sid}, and that others name nobody. */
class SessionIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "tandem-7d9f-x2x4q", "10.0.0.1", "_._"})
    void namesItsOwner(String node) {
        SessionId session = SessionId.of(new NodeId(node));

        assertThat(SessionId.parse(session.toString())).contains(session);
        assertThat(session.owner()).isEqualTo(new NodeId(node));
    }

    @Test
    void isAnotherOneEachTime() {
        NodeId node = new NodeId("node");

        assertThat(SessionId.of(node)).isNotEqualTo(SessionId.of(node));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "abcdefghij0123456789",
                "abcdefghij0123456789.",
                "abcdefghij0123456789-node",
                "abcdefghij.node",
                "abcdefghij0123456789.a b",
                "abcdefghij0123456789.a\nb",
                "abcdefghij0123456789.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void namesNobodyWithoutANode(String sid) {
        assertThat(SessionId.parse(sid)).isEmpty();
    }
}
