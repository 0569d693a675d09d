package dev.tandem.repeat;

/**
 * {@code idempotency:<hash of caller and key>}: hash of {@code print}, what was asked, {@code by}, the call that answers it, and, once
 * there is one, {@code answer}; goes by itself.
 */
final class RepeatKeys {
    private RepeatKeys() {}

    static String answer(String hash) {
        return "idempotency:" + hash;
    }
}
