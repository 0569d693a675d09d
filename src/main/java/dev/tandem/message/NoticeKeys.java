package dev.tandem.message;

/** {@code tandem:users}: the channel of what nodes tell the connections of single users; nothing is kept. */
final class NoticeKeys {
    static final String CHANNEL = "tandem:users";

    private NoticeKeys() {}
}
