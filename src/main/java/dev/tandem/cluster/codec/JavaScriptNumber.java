package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigInteger;

/**
 * Numbers as JavaScript has them: 3.0 is the integer 3, and what is not finite becomes null in JSON. Integers past 2^53 keep
 * all their digits here, though a peer in JavaScript rounds them.
 */
final class JavaScriptNumber {
    /** Up to here every integer is a double of its own. */
    private static final double EXACT = 0x1p53;

    private JavaScriptNumber() {}

    static JsonNode of(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    static JsonNode ofUnsigned(long value) {
        return value >= 0 ? of(value) : BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(value)));
    }

    static JsonNode of(double value) {
        if (!Double.isFinite(value)) {
            return NullNode.instance;
        }
        return isInteger(value) ? of((long) value) : DoubleNode.valueOf(value);
    }

    /** The same number in the form that JavaScript gives it. */
    static JsonNode of(JsonNode number) {
        return number.isIntegralNumber() ? number : of(number.doubleValue());
    }

    private static boolean isInteger(double value) {
        return Math.abs(value) <= EXACT && value == Math.rint(value);
    }
}
