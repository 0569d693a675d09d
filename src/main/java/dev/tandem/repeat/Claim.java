package dev.tandem.repeat;

/** What one who asks has to do. */
public sealed interface Claim {

    /** Nobody has asked before: answer, and {@linkplain Repeats#keep say} what the answer was, or that there is none. */
    record Mine(String hash, String token) implements Claim {}

    /** That was answered before. */
    record Answered(KeptAnswer answer) implements Claim {}
}
