package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.Optional;

/** Numbers and flags in a query or a path, where a wrong one is the caller's mistake and not an unknown path. */
final class QueryNumbers {
    static final int DEFAULT_LIMIT = 50;
    static final int MOST = 1_000;

    private QueryNumbers() {}

    /** From 1 to {@link #MOST}; {@link #DEFAULT_LIMIT} if not given. */
    static int limit(String given) {
        long limit = number("limit", given).orElse((long) DEFAULT_LIMIT);
        if (limit < 1 || limit > MOST) {
            throw invalid("limit", "a whole number from 1 to " + MOST);
        }
        return (int) limit;
    }

    /** A message's number, from 0. */
    static Optional<Long> seq(String field, String given) {
        Optional<Long> seq = number(field, given);
        if (seq.isPresent() && seq.get() < 0) {
            throw invalid(field, "a whole number from 0");
        }
        return seq;
    }

    /** A message's number, where it is a part of the path. */
    static long inPath(String seq) {
        return seq("seq", seq).orElseThrow(() -> invalid("seq", "a whole number from 0"));
    }

    /** False if not given. */
    static boolean flag(String field, String given) {
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw invalid(field, "true or false");
        }
        return "true".equals(given);
    }

    private static Optional<Long> number(String field, String given) {
        if (given == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(given));
        } catch (NumberFormatException noNumber) {
            throw invalid(field, "a whole number");
        }
    }

    private static TandemException invalid(String field, String rule) {
        return new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
