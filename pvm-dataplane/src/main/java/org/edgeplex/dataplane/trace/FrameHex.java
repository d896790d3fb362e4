package org.edgeplex.dataplane.trace;

import java.util.HexFormat;

/// A frame as hexadecimal digits; spaces and colons between them are for people.
final class FrameHex {
    private FrameHex() {}

    /// @throws IllegalArgumentException saying what is wrong
    static byte[] parse(String text) {
        String digits = text.replaceAll("[\\s:]", "");
        int wrong = firstOther(digits);
        if (wrong < digits.length()) {
            int character = digits.codePointAt(wrong);
            throw new IllegalArgumentException(
                    "HEX has \"%s\" where a hexadecimal digit (0-9, a-f) should be, after %d digits"
                            .formatted(Character.toString(character), wrong));
        }
        if (digits.isEmpty() || digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "HEX has %d digits: a frame has two for each byte".formatted(digits.length()));
        }
        return HexFormat.of().parseHex(digits);
    }

    private static int firstOther(String digits) {
        int index = 0;
        while (index < digits.length() && HexFormat.isHexDigit(digits.charAt(index))) {
            index++;
        }
        return index;
    }
}
