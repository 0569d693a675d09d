package dev.tandem.error;

/**
 * How a route that is no resource has a call refused: it puts a {@link TandemException} into the call's data under {@link #KEY} and
 * passes the call on; the API answers with the problem.
 */
public final class Refusal {
    public static final String KEY = "tandem.refusal";

    private Refusal() {}
}
