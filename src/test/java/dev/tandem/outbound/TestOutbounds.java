package dev.tandem.outbound;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;

/** The ways out of a node that is not there. */
public final class TestOutbounds {
    private TestOutbounds() {}

    /** For each connection so many bytes may wait, and so many frames. */
    public static Outbounds of(long bytes, int frames) {
        return new Outbounds(new OutboundConfig() {
            @Override
            public MemorySize maxBytes() {
                return new MemorySize(BigInteger.valueOf(bytes));
            }

            @Override
            public int maxFrames() {
                return frames;
            }

            @Override
            public MemorySize volatileBytes() {
                return maxBytes();
            }
        });
    }
}
