package dev.tandem.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.resteasy.reactive.jackson.runtime.serialisers.ServerJacksonMessageBodyReader;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads no more of a body than there may be, and says so in the way of all other errors; the server itself would say nothing. A reader,
 * since for an interceptor of readers every call would look up what its resource's method is annotated with.
 */
@Provider
@Singleton
@Consumes({MediaType.APPLICATION_JSON, "application/*+json"})
class BodyLimit extends ServerJacksonMessageBodyReader {
    static final int MOST_BYTES = 2 * 1024 * 1024;

    /** The body is larger than {@link #MOST_BYTES}. An {@link IOException}, which a JSON parser passes on as it is. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BodyLimit(Instance<ObjectMapper> mapper) {
        super(mapper);
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext call)
            throws IOException {
        String length =
                ((ResteasyReactiveRequestContext) call).serverRequest().getRequestHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MOST_BYTES) {
            throw new TooLarge();
        }
        return readFrom(type, genericType, null, mediaType, null, new Bounded(call.getInputStream()));
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
