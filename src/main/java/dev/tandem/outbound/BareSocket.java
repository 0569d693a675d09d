package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The socket under a channel, which is written to with one system call, without the channel's queue: Netty's own transports show it, and
 * so does that of Java's selectors, which is used where there is no epoll. It is handed out as what it is: an object around it would be
 * one more that each delivery has to fetch from memory.
 *
 * <p>For the channel's event loop only, which closes the channel too. Whoever writes knows that nothing waits in the queue.
 */
final class BareSocket {
    private BareSocket() {}

    /** That of the channel; null if the transport does not show it. */
    static Object of(Channel channel) {
        if (channel instanceof UnixChannel shown && shown.fd() instanceof Socket socket) {
            return socket;
        }
        return channel.unsafe() instanceof NioUnsafe shown && shown.ch() instanceof SocketChannel socket
                ? socket
                : null;
    }

    /** False once it was closed, as its number may be another connection's by then, and for null. */
    static boolean isOpen(Object socket) {
        return socket instanceof Socket unix ? unix.isOpen() : socket instanceof SocketChannel nio && nio.isOpen();
    }

    /**
     * How many of the readable bytes it takes now, which stay where they are: none if it is null, or cannot be given that memory. Fails with
     * an {@link IOException}, or as a socket that is not connected yet does.
     */
    static int write(Object socket, ByteBuf bytes) throws IOException {
        if (socket instanceof Socket unix) {
            return bytes.hasMemoryAddress()
                    ? unix.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex())
                    : 0;
        }
        return socket instanceof SocketChannel nio && bytes.nioBufferCount() == 1
                ? nio.write(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()))
                : 0;
    }
}
