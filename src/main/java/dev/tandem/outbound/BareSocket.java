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
 * so does that of Java's selectors, which is used where there is no epoll.
 *
 * <p>Touched on the channel's event loop only, which closes the channel too. Whoever writes knows that nothing waits in the queue.
 */
sealed interface BareSocket {
    /** That of the channel; one that takes nothing if the transport does not show it. */
    static BareSocket of(Channel channel) {
        if (channel instanceof UnixChannel shown && shown.fd() instanceof Socket socket) {
            return new Native(socket);
        }
        if (channel.unsafe() instanceof NioUnsafe shown && shown.ch() instanceof SocketChannel socket) {
            return new Selected(socket);
        }
        return new Hidden();
    }

    /** False once it was closed: its number may be another connection's by then. */
    boolean isOpen();

    /**
     * How many of the readable bytes it takes now, which stay where they are. Fails with an {@link IOException}, or as a socket that is
     * not connected yet does.
     */
    int write(ByteBuf bytes) throws IOException;

    /** One of Netty's own, for memory that has an address. */
    record Native(Socket socket) implements BareSocket {
        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public int write(ByteBuf bytes) throws IOException {
            return bytes.hasMemoryAddress()
                    ? socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex())
                    : 0;
        }
    }

    /** One of Java's. */
    record Selected(SocketChannel socket) implements BareSocket {
        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public int write(ByteBuf bytes) throws IOException {
            return bytes.nioBufferCount() == 1
                    ? socket.write(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()))
                    : 0;
        }
    }

    /** None that could be written to. */
    record Hidden() implements BareSocket {
        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public int write(ByteBuf bytes) {
            return 0;
        }
    }
}
