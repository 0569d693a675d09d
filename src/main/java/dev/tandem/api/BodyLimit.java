package dev.tandem.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads no more of a body than there may be, and says so in the way of all other errors; the server itself would say nothing. */
@Provider
@Singleton
class BodyLimit implements ReaderInterceptor {
    static final int MOST_BYTES = 2 * 1024 * 1024;

    /** The body is larger than {@link #MOST_BYTES}. An {@link IOException}, which a JSON parser passes on as it is. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        String length = context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MOST_BYTES) {
            throw new TooLarge();
        }
        context.setInputStream(new Bounded(context.getInputStream()));
        return context.proceed();
    }

    /** For a body that does not say how long it is. */
    private static final class Bounded extends FilterInputStream {
        private int left = MOST_BYTES;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        private int counted(int bytes, int result) throws TooLarge {
            left -= bytes;
            if (left < 0) {
                throw new TooLarge();
            }
            return result;
        }
    }
}
