package org.edgeplex.net;

/// Decimal numbers as people type them: digits only, in range, or a message that says so.
final class Decimal {
    private static final int DIGITS_MAX = 18;

    private Decimal() {}

    static long parse(String text, long max, String what) {
        boolean digitsOnly = !text.isEmpty() && text.length() <= DIGITS_MAX;
        for (int i = 0; i < text.length(); i++) {
            digitsOnly &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digitsOnly || Long.parseLong(text) > max) {
            throw new IllegalArgumentException(
                    what + " must be a number from 0 to " + max + ": \"" + text + '"');
        }
        return Long.parseLong(text);
    }
}
