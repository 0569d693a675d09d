package dev.tandem.engineio;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Verifies that a client notices no difference where all its GETs and POSTs come in at another node than its session's. */
@QuarkusTest
@TestProfile(RelayedEchoProfile.class)
class RelayedLongPollingTest extends LongPollingTest {}
