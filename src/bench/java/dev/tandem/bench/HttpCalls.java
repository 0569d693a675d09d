package dev.tandem.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What is asked of a server before it is loaded: a room, and the session that it gives to who comes without one. */
final class HttpCalls {
    private HttpCalls() {}

    static void createRoom(int port, String room) {
        post(port, "/api/rooms", "{\"id\":\"" + room + "\"}");
    }

    /** The cookie with which further messages are of the same user; null if the server knows no sessions. */
    static String session(int port, String room, String body) {
        return post(port, "/api/rooms/" + room + "/messages", body)
                .headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .orElse(null);
    }

    private static HttpResponse<String> post(int port, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
