package dev.tandem.api;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What was answered to an {@link InnerRequest}; {@code isTooLarge} says that the body is not all of it. */
record InnerAnswer(int status, MultiMap headers, Buffer body, boolean isTooLarge) {}
