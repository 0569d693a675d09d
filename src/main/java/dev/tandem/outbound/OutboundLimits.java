package dev.tandem.outbound;

/** The bounds of {@link OutboundConfig}, read once. */
record OutboundLimits(long bytes, int frames, long volatileBytes) {

    static OutboundLimits of(OutboundConfig config) {
        return new OutboundLimits(
                config.maxBytes().asLongValue(),
                config.maxFrames(),
                config.volatileBytes().asLongValue());
    }
}
