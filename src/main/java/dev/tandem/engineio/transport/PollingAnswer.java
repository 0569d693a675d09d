package dev.tandem.engineio.transport;

/** What a client's HTTP request is answered. */
public record PollingAnswer(int status, String contentType, String body) {
    private static final PollingAnswer OK = new PollingAnswer(200, "text/html", "ok");

    /** To a GET: a payload. */
    public static PollingAnswer packets(String payload) {
        return new PollingAnswer(200, "text/plain; charset=UTF-8", payload);
    }

    /** To a POST whose packets have been taken. */
    public static PollingAnswer ok() {
        return OK;
    }

    public static PollingAnswer refused(RequestError error) {
        return new PollingAnswer(error.status(), "application/json", error.json());
    }
}
