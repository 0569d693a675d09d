package dev.tandem.cluster.codec;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an event is to be sent: {@code isVolatile} allows to drop it, {@code compress} is there if the sender said so, and
 * {@code timeout} is how many milliseconds it waits for acks.
 */
public record Flags(boolean isVolatile, Optional<Boolean> compress, OptionalLong timeout) {
    /** The sender said nothing. */
    public static Flags none() {
        return new Flags(false, Optional.empty(), OptionalLong.empty());
    }
}
