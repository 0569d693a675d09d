package dev.tandem.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.vertx.utils.NoBoundChecksBuffer;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InnerResponseTest {
    private final List<InnerAnswer> answers = new ArrayList<>();
    private final InnerResponse response = new InnerResponse(null, 10, answers::add);

    private static ByteBuf pooled(String text) {
        return PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenIsKeptAndItsBuffersGoBackToThePool() {
        ByteBuf begin = pooled("12345");
        ByteBuf end = pooled("678");

        response.write(new NoBoundChecksBuffer(begin));
        response.end(new NoBoundChecksBuffer(end));

        assertEquals("12345678", answers.get(0).body().toString());
        assertFalse(answers.get(0).isTooLarge());
        assertEquals(0, begin.refCnt());
        assertEquals(0, end.refCnt());
    }

    @Test
    void whatIsTooLargeGoesBackToThePoolToo() {
        ByteBuf all = pooled("12345678901");

        response.end(new NoBoundChecksBuffer(all));

        assertTrue(answers.get(0).isTooLarge());
        assertEquals(0, all.refCnt());
    }

    @Test
    void buffersOfNoPoolStayAsTheyAre() {
        Buffer text = Buffer.buffer("12345");

        response.write(text);
        response.end(text);

        assertEquals("1234512345", answers.get(0).body().toString());
        assertEquals("12345", text.toString());
    }
}
