package dev.tandem.limit;

/** {@code limit:<operation>:<whom>}: hash of {@code tokens} and {@code at} (ms); goes by itself when the bucket is full again. */
final class LimitKeys {
    private LimitKeys() {}

    static String bucket(String operation, String whom) {
        return "limit:" + operation + ":" + whom;
    }
}
