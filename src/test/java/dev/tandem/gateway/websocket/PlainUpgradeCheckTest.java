package dev.tandem.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Verifies that an upgrade goes on where the connection's frames are read; elsewhere the first ones could be lost. */
@QuarkusTest
class PlainUpgradeCheckTest {

    @Inject
    PlainUpgradeCheck check;

    @Inject
    Vertx vertx;

    @Test
    void completesOnTheConnectionsOwnEventLoop() {
        for (int i = 0; i < 20; i++) {
            ContextInternal connection = ((VertxInternal) vertx).createEventLoopContext();
            CompletableFuture<Boolean> onOwnLoop = new CompletableFuture<>();

            connection.runOnContext(ignored -> check.perform(upgrade())
                    .subscribe()
                    .with(
                            result -> onOwnLoop.complete(
                                    connection.nettyEventLoop().inEventLoop()),
                            onOwnLoop::completeExceptionally));

            assertThat(onOwnLoop.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    private static HttpUpgradeContext upgrade() {
        HttpServerRequest request = answering(HttpServerRequest.class, Map.of());
        UserData userData = answering(UserData.class, Map.of());
        return answering(HttpUpgradeContext.class, Map.of("httpRequest", request, "userData", userData));
    }

    /** Answers the named methods so, and all others with null. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName()));
        return type.cast(proxy);
    }
}
