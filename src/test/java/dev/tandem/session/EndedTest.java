package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Ended ended = new Ended(null, null, null, registry);

    @Test
    void whatIsNoProofIsCountedAndToldNobody() {
        List<ProofName> heard = new ArrayList<>();
        ended.onEnded(heard::add);

        ended.hear("nonsense");
        ended.hear(ProofName.ofKey("key-1").text());

        assertThat(registry.get("tandem.identity.ended.ignored").counter().count())
                .isEqualTo(1);
        assertThat(heard).containsExactly(ProofName.ofKey("key-1"));
    }
}
