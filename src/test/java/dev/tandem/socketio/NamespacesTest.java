package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.LocalAdapter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies which beans can describe namespaces together. */
class NamespacesTest {
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(SocketIoConfig.class)
            .withMapping(AdapterConfig.class)
            .withValidateUnknown(false)
            .build();

    @Test
    void twoBeansForOneNameFailTheStart() {
        assertThatThrownBy(() -> namespaces(new First(), new Second()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'/same'", "First", "Second", "tandem.rooms.namespace");
    }

    @Test
    void nameThatIsNoneFailsTheStart() {
        assertThatThrownBy(() -> NamespaceSelector.named("chat")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamespaceSelector.named("/a,b")).isInstanceOf(IllegalArgumentException.class);
    }

    private Namespaces namespaces(NamespaceHandler... handlers) {
        AdapterConfig adapterConfig = config.getConfigMapping(AdapterConfig.class);
        AdapterFactory adapters = namespace -> new LocalAdapter(namespace, adapterConfig);
        HandlerRunner runner = new HandlerRunner(new SimpleMeterRegistry());
        return new Namespaces(
                List.of(handlers),
                adapters,
                (name, log) -> SessionRecovery.NONE,
                runner,
                config.getConfigMapping(SocketIoConfig.class),
                adapterConfig);
    }

    private static class First implements NamespaceHandler {
        @Override
        public NamespaceSelector namespaces() {
            return NamespaceSelector.named("/same");
        }
    }

    private static final class Second extends First {}
}
