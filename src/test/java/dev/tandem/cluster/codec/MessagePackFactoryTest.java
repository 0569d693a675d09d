package dev.tandem.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.buffer.MessageBufferU;

/** Verifies that the library takes the buffers without {@code sun.misc.Unsafe}, and that a native image has them. */
class MessagePackFactoryTest {
    private static final String CONFIG = "/META-INF/native-image/dev.tandem/tandem/reflect-config.json";

    @Test
    void buffersAreThoseOnByteBuffers() throws IOException {
        try (MessageBufferPacker packer = MessagePackFactory.packer()) {
            packer.packNil();

            assertThat(packer.toMessageBuffer()).isInstanceOf(MessageBufferU.class);
        }
    }

    @Test
    void nativeImageHasTheirConstructors() {
        JsonNode registered = reflectConfig().path(0);

        assertThat(registered.path("name").textValue()).isEqualTo(MessageBufferU.class.getName());
        assertThat(registered.path("methods"))
                .extracting(MessagePackFactoryTest::parameters)
                .containsExactlyInAnyOrderElementsOf(openConstructors().toList());
    }

    /** The third is the class's own, for its slices. */
    private static Stream<List<String>> openConstructors() {
        return Stream.of(MessageBufferU.class.getDeclaredConstructors())
                .filter(constructor -> !Modifier.isPrivate(constructor.getModifiers()))
                .map(MessagePackFactoryTest::parameters);
    }

    private static List<String> parameters(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameterTypes())
                .map(Class::getCanonicalName)
                .toList();
    }

    private static List<String> parameters(JsonNode method) {
        return StreamSupport.stream(method.path("parameterTypes").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static JsonNode reflectConfig() {
        try (InputStream in = MessagePackFactoryTest.class.getResourceAsStream(CONFIG)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
