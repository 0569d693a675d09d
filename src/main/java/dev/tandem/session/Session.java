package dev.tandem.session;

import dev.tandem.id.UserRef;
import java.util.Optional;

/**
 * Who is calling.
 *
 * @param setCookie the {@code Set-Cookie} header by which the caller will be known again; empty if there is one already
 */
public record Session(UserRef user, Optional<String> setCookie) {}
