package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verifies that whatever a client can say is carried out by somebody. */
@QuarkusTest
class CommandTableTest {
    @Inject
    @All
    List<FeatureCommands> features;

    @Test
    void everyCommandIsCarriedOut() {
        CommandTable table = CommandTable.of(features);

        assertThat(kinds(ClientCommand.class)).isNotEmpty().allMatch(table::knows);
    }

    private static Stream<Class<?>> kinds(Class<?> vocabulary) {
        return vocabulary.isSealed()
                ? Stream.of(vocabulary.getPermittedSubclasses()).flatMap(CommandTableTest::kinds)
                : Stream.of(vocabulary);
    }
}
