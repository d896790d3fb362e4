package org.edgeplex.controller.intent;

import java.util.regex.Pattern;

/// What services, nodes and accesses may be called: safe in a URL, a key, a log and a file name.
public final class Names {
    public static final String SYNTAX = "[a-z0-9][a-z0-9-]{0,30}";

    private static final Pattern PATTERN = Pattern.compile(SYNTAX);

    private Names() {}

    public static String parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 31 lower-case letters, digits and hyphens, not starting with a"
                            + " hyphen: \""
                            + text
                            + '"');
        }
        return text;
    }
}
