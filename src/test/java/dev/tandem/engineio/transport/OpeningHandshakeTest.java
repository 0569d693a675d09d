package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Verifies the proof that the server has understood a key (RFC 6455, 1.3). */
class OpeningHandshakeTest {

    @Test
    void proofIsThatOfTheSpecification() {
        assertThat(OpeningHandshake.proof("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
