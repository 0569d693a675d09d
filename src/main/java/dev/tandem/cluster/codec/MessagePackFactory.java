package dev.tandem.cluster.codec;

import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * The one door to the MessagePack library, so that it is told which buffers to take before it chooses, once and for good, in a
 * static initializer: those on {@link java.nio.ByteBuffer}. Its default ones reach into memory by {@code sun.misc.Unsafe},
 * unchecked, which newer Java versions warn of and are going to refuse.
 *
 * <p>Initialized at run time in a native image, as the library's buffers are (application.properties): there a property that was
 * set while the image was built is gone, and the choice made then would be that of the machine that built it. The library finds
 * the buffers' constructors by name; the image knows them from {@code META-INF/native-image/dev.tandem/tandem}.
 */
final class MessagePackFactory {
    static {
        System.setProperty("msgpack.universal-buffer", "true");
    }

    private MessagePackFactory() {}

    static MessageUnpacker unpacker(byte[] bytes) {
        return MessagePack.newDefaultUnpacker(bytes);
    }

    static MessageBufferPacker packer() {
        return MessagePack.newDefaultBufferPacker();
    }
}
