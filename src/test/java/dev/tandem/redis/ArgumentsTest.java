package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.Test;

/** Verifies that arguments go to Redis as they were given, in order. */
class ArgumentsTest {

    @Test
    void areTextsAndBytesInOrder() {
        byte[] noText = {(byte) 0xFF, 0, '\r', '\n'};

        assertThat(request(Arguments.of("a", "", "b\u00e9").and(noText).and("c", "d")))
                .isEqualTo(Request.cmd(Command.EVAL)
                        .arg("a")
                        .arg("")
                        .arg("b\u00e9")
                        .arg(noText)
                        .arg("c")
                        .arg("d")
                        .toString());
    }

    @Test
    void areTheSameEachTime() {
        Arguments arguments = Arguments.of("a");

        assertThat(request(arguments)).isEqualTo(request(arguments)).contains("a");
    }

    private static String request(Arguments arguments) {
        Request request = Request.cmd(Command.EVAL);
        arguments.addTo(request);
        return request.toString();
    }
}
