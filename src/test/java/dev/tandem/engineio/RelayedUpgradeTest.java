package dev.tandem.engineio;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Verifies the change to a WebSocket that comes in at another node than its session's. */
@QuarkusTest
@TestProfile(RelayedEchoProfile.class)
class RelayedUpgradeTest extends UpgradeTest {}
